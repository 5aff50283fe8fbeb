/**
 * What a report holds: plain values, as they stand in `report.json`.
 *
 * @module
 */

import type { Cause } from "../../records/cause.ts";
import type { CycleReport } from "../../db/cycle_report.ts";
import type { BirthReport } from "./births.ts";
import type { GeneReport, ParameterReport } from "../../db/genes.ts";
import type { LineageReport } from "./lineage.ts";
import type { StepReport } from "./times.ts";

/** How many have something, such as an outcome or a reason. */
export interface Tally {
  readonly name: string;
  /** What it is due to; null for what is no failure. */
  readonly cause: Cause | null;
  readonly count: number;
}

/** One of the agents with the highest scores. */
export interface LeaderReport {
  readonly id: string;
  readonly status: string;
  readonly score: number;
  /** Cycles that the score is the mean of. */
  readonly cycles: number;
  readonly generation: number;
  readonly born: number;
  readonly genomeHash: string;
  /** Names of the genes that are active in that genome; null where it is not kept. */
  readonly genes: readonly string[] | null;
  /** Values of the parameters of its active files by name, such as `src/rl.ts#rate`; null where it is not kept. */
  readonly parameters: Readonly<Record<string, number>> | null;
}

/** The run in a few numbers. */
export interface SummaryReport {
  /** The run's name, null for the one at the top of the project. */
  readonly run: string | null;
  readonly seed: string | null;
  /** Number of the last cycle, 0 before the first. */
  readonly cycle: number;
  /** Agents by what they are now. */
  readonly active: number;
  readonly disabled: number;
  readonly dead: number;
  /** Raw random genomes that `init` drew, and those of them that linked. */
  readonly draws: number;
  readonly viable: number;
  /** `viable / draws`, null where nothing was drawn. */
  readonly viableShare: number | null;
  /** Distinct genomes of the active agents. */
  readonly genomes: number;
  /** Evaluations with a result, judged evaluations alone. */
  readonly evaluations: number;
  /** Evaluations ended by a limit of the machine. */
  readonly limited: number;
  /** Best, median and mean score of the last closed cycle; null without one. */
  readonly score: CycleReport["score"] | null;
}

/** A whole report. */
export interface Report {
  readonly version: 1;
  /** Time of day at which it was made, ISO 8601. */
  readonly at: string;
  readonly summary: SummaryReport;
  /** By number. */
  readonly cycles: readonly CycleReport[];
  /** Sorted by name. */
  readonly genes: readonly GeneReport[];
  /** Files as a whole, sorted by path. */
  readonly files: readonly GeneReport[];
  readonly parameters: readonly ParameterReport[];
  readonly lineage: LineageReport;
  readonly births: BirthReport;
  /** In the order of a cycle's chain, others after. */
  readonly steps: readonly StepReport[];
  /** Evaluations by outcome over all cycles, the most frequent first. */
  readonly outcomes: readonly Tally[];
  /** Why agents are disabled now, the most frequent first. */
  readonly disabled: readonly Tally[];
  /** Why agents died, the most frequent first. */
  readonly deaths: readonly Tally[];
  /** At most ten, best first. */
  readonly leaders: readonly LeaderReport[];
}
