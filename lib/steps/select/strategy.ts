/**
 * What a selection strategy is: one file that says which agents die and which are parents.
 *
 * @module
 */

import type { Config } from "../../run/config_schema.ts";
import type { Random } from "../../runtime/random.ts";

/** A genome with a result of its own: what can be ranked, and whose genome can be handed on. */
export interface Ranked {
  /** The agent that earned the result. */
  readonly id: string;
  /** Order of creation, which breaks every tie: the elder comes first. */
  readonly ordinal: number;
  readonly generation: number;
  /** The genome that earned it, which the agent may have left since. */
  readonly genomeHash: string;
  readonly codeHash: string;
  /** The artifact that ran. */
  readonly buildHash: string;
  /** Mean score over the genome's episodes; more is better. */
  readonly score: number;
  /** Mean over the same episodes: how far it breaks what must hold, 0 if it is feasible. */
  readonly violation: number;
  /** Finite; more is better. */
  readonly fitness: number;
  /** The agent's account, at least 0. */
  readonly energy: number;
  /** Whether the agent still has this genome. */
  readonly hasRankedGenome: boolean;
  /** Whether the genome has an active gene of phase `birth`. */
  readonly fertile: boolean;
}

/** The options of the configuration's section `selection`. */
export type SelectionOptions = Config["selection"];

/**
 * A way to select. A strategy of one's own is a module in `plugins/` whose default export is one.
 *
 * All of its randomness must come from the stream it is given.
 */
export interface Strategy {
  /** One line that says what it does. */
  readonly brief: string;
  /** Whether agents whose energy has run out die; under `tournament` only if the configuration says so. */
  readonly energyRule: boolean;
  /** Whether `replacementFraction` of the population dies each cycle; otherwise only vacancies are filled. */
  readonly replacesByRank: boolean;
  /** Genomes that must be in the next population; a genome whose holder has moved on is born again as a copy. */
  elites(ranked: readonly Ranked[], options: SelectionOptions, size: number): readonly Ranked[];
  /**
   * The order in which agents die where `replacesByRank` asks for deaths.
   *
   * @param candidates Those that hold the genome that was ranked and are no elite, best first.
   */
  removalOrder(candidates: readonly Ranked[], options: SelectionOptions, random: Random): readonly Ranked[];
  /**
   * One parent.
   *
   * @param ranked At least one candidate, best first.
   * @param note Where a strategy compares some of them, it may say which: for the record, nothing depends on it.
   */
  parent(
    ranked: readonly Ranked[],
    options: SelectionOptions,
    random: Random,
    note?: (compared: readonly Ranked[]) => void,
  ): Ranked;
}

/** The members of a strategy. */
export const strategyMembers = [
  "brief",
  "energyRule",
  "replacesByRank",
  "elites",
  "removalOrder",
  "parent",
] as const satisfies readonly (keyof Strategy)[];

/** Members that had other names before, with those that they have now. */
export const formerMembers = { replaces: "replacesByRank", dying: "removalOrder" } as const;

/** One of at least one, each as likely. */
export function pick<T>(from: readonly T[], random: Random): T {
  return from[Math.floor(random() * from.length)]!;
}

/** All of them in random order (Fisher and Yates, after Durstenfeld 1964). */
export function shuffled<T>(from: readonly T[], random: Random): T[] {
  const all = [...from];
  for (let i = all.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [all[i], all[j]] = [all[j]!, all[i]!];
  }
  return all;
}
