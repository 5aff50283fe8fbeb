/**
 * Counts which agents were drawn for a tournament and which won it, for the record.
 *
 * @module
 */

import type { Ranked, Strategy } from "./strategy.ts";

/** The tournaments of one selection. */
export class Tournaments {
  /** The strategy, which is counted whenever it chooses a parent. */
  readonly strategy: Strategy;
  readonly #drawn = new Map<Ranked, number>();
  readonly #won = new Map<Ranked, number>();
  #held = 0;

  /** @param strategy It need not hold any. */
  constructor(strategy: Strategy) {
    this.strategy = {
      ...strategy,
      parent: (ranked, options, random) => {
        let rivals: readonly Ranked[] = [];
        const winner = strategy.parent(ranked, options, random, (compared) => rivals = compared);
        if (rivals.length > 0) this.#count(rivals, winner);
        return winner;
      },
    };
  }

  /** How one came off; nothing where no tournament was held. */
  of(one: Ranked): { readonly tournaments?: { readonly drawn: number; readonly won: number } } {
    if (this.#held === 0) return {};
    return { tournaments: { drawn: this.#drawn.get(one) ?? 0, won: this.#won.get(one) ?? 0 } };
  }

  #count(rivals: readonly Ranked[], winner: Ranked): void {
    this.#held++;
    // Drawn is with replacement: one that meets itself was in one tournament all the same.
    for (const rival of new Set(rivals)) this.#drawn.set(rival, (this.#drawn.get(rival) ?? 0) + 1);
    this.#won.set(winner, (this.#won.get(winner) ?? 0) + 1);
  }
}
