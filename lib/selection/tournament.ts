/**
 * Tournaments: the best of some that are drawn at random.
 *
 * @module
 */

import type { Random } from "../runtime/random.ts";
import type { Candidate, Ranking } from "./strategy.ts";

/** The tournaments of one selection, counted for the record. */
export class Tournament<T extends Candidate = Candidate> {
  /** For how many tournaments each was drawn, how many it won, and the last that it was drawn for. */
  readonly #drawn: Uint32Array;
  readonly #won: Uint32Array;
  readonly #last: Uint32Array;
  #held = 0;

  /**
   * @param parents Those that compete, best first.
   * @param size How many meet, drawn with replacement.
   */
  constructor(readonly parents: readonly T[], readonly size: number) {
    this.#drawn = new Uint32Array(parents.length);
    this.#won = new Uint32Array(parents.length);
    this.#last = new Uint32Array(parents.length);
  }

  /** Holds one; the winner. */
  readonly draw = (random: Random): T => {
    this.#held++;
    let best = Infinity;
    for (let i = 0; i < this.size; i++) {
      const at = Math.floor(random() * this.parents.length);
      best = Math.min(best, at);
      // One that meets itself was in one tournament all the same.
      if (this.#last[at] !== this.#held) this.#drawn[at]!++;
      this.#last[at] = this.#held;
    }
    this.#won[best]!++;
    return this.parents[best]!;
  };

  /** A ranking with the tournaments that have been held. */
  counted(ranking: readonly Ranking[]): readonly Ranking[] {
    if (this.#held === 0) return ranking;
    const places = new Map(this.parents.map(({ id }, at) => [id, at]));
    return ranking.map((entry) => {
      const at = places.get(entry.id);
      return { ...entry, drawn: at === undefined ? 0 : this.#drawn[at]!, won: at === undefined ? 0 : this.#won[at]! };
    });
  }
}
