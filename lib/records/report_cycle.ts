/**
 * Records of a report: the cycles of a run.
 *
 * @module
 */

import type { ObjectiveScores } from "./objective.ts";
import type { RecordOf } from "./record.ts";

/** What gestations came to. */
export interface ChangeReport {
  /** Gestations that finished. */
  readonly finished: number;
  /** Those to which genomes of other parents were given that are still kept. */
  readonly mated: number;
  /** The child has its first parent's genome. */
  readonly unchanged: number;
  /**
   * A real parameter differs from the first parent and is, bit for bit, that of a mate, and neither a bound nor the default,
   * which anything may come to.
   */
  readonly recombined: number;
  /** Something differs from the first parent and is as in none of the mates, of which all are kept. */
  readonly mutated: number;
  /** Something differs from the first parent and may be a mate's as well as a mutation: above all switches. */
  readonly undecided: number;
  /** A switch of a file or a gene differs from the first parent. */
  readonly switches: number;
  /** A parameter differs from the first parent. */
  readonly parameters: number;
}

/** Scores as selection saw them. Null where nothing was ranked. */
export interface ScoreReport {
  /** The highest. */
  readonly best: number | null;
  /** The median. */
  readonly median: number | null;
  /** The mean. */
  readonly mean: number | null;
  /** How many results were ranked. */
  readonly ranked: number;
}

/** The judged evaluations of one cycle alone. */
export interface EvaluationReport {
  /** Judged evaluations with a score. */
  readonly count: number;
  /** The mean. */
  readonly mean: number | null;
  /** Standard deviation of the population of scores. */
  readonly deviation: number | null;
  /** The lowest. */
  readonly min: number | null;
  /** Quartiles, linearly interpolated. */
  readonly lower: number | null;
  /** The upper quartile. */
  readonly upper: number | null;
  /** The highest. */
  readonly max: number | null;
}

/** Values of a cycle: how many, and their quartiles, linearly interpolated. */
export interface SpreadReport {
  /** How many. */
  readonly count: number;
  /** The lower quartile. */
  readonly lower: number;
  /** The median. */
  readonly median: number;
  /** The upper quartile. */
  readonly upper: number;
}

/** The values that the agents which have a parameter's file active give it. */
export interface ParameterSpread extends SpreadReport {
  /**
   * How far the score rises with the value over distinct genomes that were judged in the cycle (Spearman's rank correlation), and how
   * many those are; an association, no effect. Absent of fewer than three, or where all are equal.
   */
  readonly association?: { readonly rho: number; readonly genomes: number };
}

/** How much the genomes of a cycle differ. */
export interface DiversityReport {
  /** Mean over the genes of the entropy of being active or not, in bits, from 0 to 1. */
  readonly entropy: number;
  /** Mean distance of pairs of agents, from 0 to 1: over genes and the numbers of parameters that both have (Gower 1971). */
  readonly distance: number;
  /** Pairs that it is the mean of, drawn from a stream of the run's seed; 0 of one agent. */
  readonly pairs: number;
  /** Effective number of genomes: the exponential of the entropy of their frequencies. */
  readonly effective: number;
}

/** One cycle in numbers. */
export interface CycleReport {
  /** Its number. */
  readonly cycle: number;
  /** `open`, `judged`, `planned` or `closed`. */
  readonly state: string;
  /** Active agents after it. */
  readonly alive: number;
  /** Agents that were born. */
  readonly born: number;
  /** Agents that died. */
  readonly died: number;
  /** Agents that were disabled. */
  readonly disabled: number;
  /** Agents that took up another genome. */
  readonly changed: number;
  /** Scores as selection saw them. */
  readonly score: ScoreReport;
  /** The same as values of the present world's first objective; absent where it gives scores itself. */
  readonly objective?: ObjectiveScores;
  /** The scores of its judged evaluations. */
  readonly evaluations: EvaluationReport;
  /** Evaluations ended by a limit of the machine. */
  readonly limited: number;
  /** Evaluations by outcome. */
  readonly outcomes: Readonly<Record<string, number>>;
  /** Judged evaluations with an outcome. */
  readonly judged: number;
  /** Judged evaluations after which the agent took up another genome. */
  readonly adapted: number;
  /** What the gestations of the cycle did to the genomes that they began with. */
  readonly gestations: ChangeReport;
  /** Wall-clock time of the judged evaluations in milliseconds: of all together, of the median one and of the 99th percentile. */
  readonly evaluationMs: { readonly total: number; readonly median: number | null; readonly p99: number | null };
  /**
   * CPU time of its judged evaluations of which it was measured, in milliseconds: how many, of all together, of the median one and of
   * the 99th percentile. Absent where it was measured of none: only a process in a control group of its own is.
   */
  readonly evaluationCpu?: {
    readonly count: number;
    readonly total: number;
    readonly median: number;
    readonly p99: number;
  };
  /** Most memory that one of its evaluations had at once, in bytes; absent where none was measured. */
  readonly evaluationMemory?: number;
  /** Agents whose genome is counted in `genomes` and `genes`. */
  readonly counted: number;
  /** Distinct genomes among them. */
  readonly genomes: number;
  /** In how many of them each gene is active, by its name. */
  readonly genes: Readonly<Record<string, number>>;
  /** Parameters by name, such as `src/rl.ts#rate`, over the agents that have their file active; absent in what former releases kept. */
  readonly parameters?: Readonly<Record<string, ParameterSpread>>;
  /** How much the genomes differ; absent where none was counted, and in what former releases kept. */
  readonly diversity?: DiversityReport;
  /** Fitness as selection saw it; absent where that is the score, and in what former releases kept. */
  readonly fitness?: SpreadReport;
  /** The measures of its judged evaluations, by name; absent in what former releases kept. */
  readonly measures?: Readonly<Record<string, SpreadReport>>;
}

/** A cycle in numbers. */
export interface ReportCycle extends RecordOf<"report.cycle", null>, CycleReport {}
