/**
 * What twins are asked for and what they give: plain data, which goes to Workers and comes back.
 *
 * @module
 */

import type { Config } from "../run/config_schema.ts";
import type { WorldSeed } from "../runtime/contract.ts";
import type { Estimate } from "../statistics/additive.ts";
import type { Issue } from "../util/issue.ts";
import type { Origin } from "./agent.ts";

/** One run. It ends with the first of its ends that it comes to; one of them must be given. */
export interface TwinJob {
  /** The run's seed. */
  readonly seed: string;
  /** The whole configuration; its strategy and fitness must be shipped ones. */
  readonly config: Config;
  /** How many agents `init` makes. */
  readonly count: number;
  /** Chance that a gene starts active. @default as `init` has it */
  readonly active?: number;
  /** Genomes that the first agents begin with, as `init --from` gives them. @default all are drawn */
  readonly genomes?: readonly Uint8Array[];
  /** Cycles at most. */
  readonly cycles?: number;
  /** Judged episodes: the cycle in which so many are reached is the last one. */
  readonly episodes?: number;
  /** A score: the cycle in which an agent reaches it is the last one. */
  readonly until?: number;
  /**
   * What is told of each cycle: nothing, its figures, or its agents as well.
   *
   * @default "figures"
   */
  readonly tells?: "nothing" | "figures" | "agents";
}

/** One cycle. */
export interface TwinCycle {
  readonly cycle: number;
  /** Judged evaluations, and those of them that failed. */
  readonly evaluated: number;
  readonly failed: number;
  /** Evaluations of its race; absent where it had none. */
  readonly raced?: number;
  /** Evaluations, gestations among them, that a limit of the machine ended: another machine may come to something else. */
  readonly limited: number;
  /** Episodes up to and with this cycle: the judged ones, and those of races. */
  readonly episodes: number;
  readonly gestations: number;
  /** Agents whose genome was found, at the beginning of the cycle, not to link or not to be usable. */
  readonly lethal: number;
  readonly born: number;
  readonly died: number;
  /** Agents that are active at its end, the newborn among them. */
  readonly alive: number;
  /** The best result of the cycle by feasibility and score, with its genome; absent where there was none. */
  readonly best?: TwinBest;
  /** Mean score of the agents that had one; null where there was none. */
  readonly mean: number | null;
  /** The agents at its end; where they are asked for. */
  readonly agents?: readonly TwinState[];
}

/** A result of a cycle. */
export interface TwinBest {
  readonly id: string;
  /** SHA-256 of the genome that earned it, and its bytes. */
  readonly genome: string;
  readonly bytes: Uint8Array;
  readonly score: number;
  readonly violation: number;
}

/** An agent, as `status` tells of it. */
export interface TwinState {
  readonly id: string;
  readonly status: "active" | "disabled" | "dead";
  readonly kind: Origin;
  readonly born: number;
  readonly generation: number;
  readonly genomeHash: string;
  readonly score: number | null;
  readonly energy: number;
  /** Ids of its parents. */
  readonly parents: readonly string[];
  /** Why it is disabled or dead. */
  readonly code?: string;
}

/** An agent of the final population that is not dead. */
export interface TwinMember extends TwinState {
  readonly genome: Uint8Array<ArrayBuffer>;
  readonly violation: number;
  readonly island: number;
  /** What is expected of its genome, apart from luck; absent where nothing is. */
  readonly estimate?: Estimate;
}

/** What ended a run. */
export type TwinEnd = "cycles" | "episodes" | "score" | "extinct";

/** What a run came to. */
export interface TwinRun {
  readonly seed: string;
  readonly end: TwinEnd;
  /** Its figures at the end. */
  readonly last: TwinCycle;
  /** One after the other, where they are told. */
  readonly cycles: readonly TwinCycle[];
  /** In order of creation. */
  readonly population: readonly TwinMember[];
  /** Genomes that a final race would begin with, those expected to be better first. */
  readonly entrants: readonly Uint8Array<ArrayBuffer>[];
}

/** Genomes to be evaluated and judged apart from any run. */
export interface TwinExam {
  /** Root of the random streams of genes. */
  readonly seed: string;
  readonly config: Config;
  readonly genomes: readonly Uint8Array[];
  /** The worlds of each genome, evaluated as many at once as a judged evaluation has episodes. */
  readonly worlds: readonly WorldSeed[];
}

/** What a genome came to in an exam. */
export interface TwinScore {
  readonly genomeHash: string;
  /** In the order of the worlds; null where the evaluation failed. */
  readonly scores: readonly (number | null)[];
  readonly violations: readonly (number | null)[];
  /** The first failure. */
  readonly issue?: Issue;
}
