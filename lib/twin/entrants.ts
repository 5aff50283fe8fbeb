/**
 * The genomes that a final race of a run begins with.
 *
 * @module
 */

import { byEstimate, type Estimates } from "../db/estimates.ts";
import type { TwinAgent } from "./agent.ts";
import type { Genotype } from "./genotype.ts";

/** What is known of a genome that may be best. */
interface Entry {
  readonly genotype: Genotype;
  readonly ordinal: number;
  readonly score: number;
  readonly violation: number;
}

/** What has died, with its best. */
interface Dead extends Entry {
  readonly cycle: number;
  readonly conditions: string;
}

/** What is there when a race begins. */
export interface RaceFacts {
  /** In order of creation. */
  readonly agents: readonly TwinAgent[];
  readonly archive: readonly Genotype[];
  /** Hash of the conditions that scores are comparable under. */
  readonly conditions: string;
  /** What is expected of genomes, by their hashes; absent where scores stand for themselves. */
  readonly estimates: Estimates | undefined;
  /** How many at most of each source. */
  readonly most: number;
}

/** Keeps the bests of the dead for as long as a run's retention does. */
export class Entrants {
  readonly #retention: number;
  #dead: Dead[] = [];

  /** @param retention In cycles. */
  constructor(retention: number) {
    this.#retention = retention;
  }

  /** Notes what has died in a cycle. */
  died(agents: readonly TwinAgent[], cycle: number): void {
    this.#dead = this.#dead.filter((one) => one.cycle > cycle - this.#retention);
    for (const agent of agents) {
      const best = bestOf(agent);
      if (best) this.#dead.push({ ...best, cycle, conditions: agent.judged!.conditions });
    }
  }

  /** Each once, those expected to be better first: of the living, of agents' bests, of the archive; as `entrantsOf` does. */
  of({ agents, archive, conditions, estimates, most }: RaceFacts): Genotype[] {
    const scored = agents.flatMap((agent) => {
      const { ordinal, genotype, account: { score, violation } } = agent;
      return score === null ? [] : [{ genotype, ordinal, score, violation }];
    });
    const bests = [...agents.flatMap((agent) => bestOf(agent) ?? []), ...this.#dead.filter(isComparable)];
    const found = new Map<string, Genotype>();
    for (const source of [inOrder(scored, estimates), inOrder(bests, estimates), archive]) {
      const others = source.filter(({ hash }) => !found.has(hash));
      for (const genotype of distinct(others).slice(0, most)) found.set(genotype.hash, genotype);
    }
    return [...found.values()];

    function isComparable(dead: Dead): boolean {
      return dead.conditions === conditions;
    }
  }
}

function bestOf({ bestGenotype, ordinal, account: { bestScore, bestViolation } }: TwinAgent): Entry | undefined {
  if (!bestGenotype || bestScore === null) return undefined;
  return { genotype: bestGenotype, ordinal, score: bestScore, violation: bestViolation };
}

function inOrder(entries: Entry[], estimates: RaceFacts["estimates"]): Genotype[] {
  const byScore = entries.sort((a, b) => a.violation - b.violation || b.score - a.score || a.ordinal - b.ordinal);
  return byEstimate(byScore.map((entry) => ({ ...entry, genomeHash: entry.genotype.hash })), estimates)
    .map(({ genotype }) => genotype);
}

function distinct(genotypes: readonly Genotype[]): Genotype[] {
  return [...new Map(genotypes.map((genotype) => [genotype.hash, genotype])).values()];
}
