/**
 * What a report holds: plain values, as they stand in `report.json`.
 *
 * @module
 */

import type { RaceInReport } from "../../records/race.ts";
import type { Objective } from "../../runtime/contract.ts";
import type { CycleReport } from "../../records/report_cycle.ts";
import type { BirthReport, LineageReport } from "../../records/report_lineage.ts";
import type {
  ArchiveReport,
  CycleRaceReport,
  FrontReport,
  GeneReport,
  LeaderReport,
  ParameterReport,
  StepReport,
  SummaryReport,
  Tally,
} from "../../records/report.ts";

/** A whole report. */
export interface Report {
  readonly version: 1;
  /** Time of day at which it was made, ISO 8601. */
  readonly at: string;
  /** The first objective of the present world, which scores stand for; absent where it gives scores itself. */
  readonly objective?: Objective;
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
  /** The last final race; absent where there was none. */
  readonly race?: RaceInReport;
  /** The races within cycles, by cycle; absent where no cycle had one. */
  readonly cycleRaces?: readonly CycleRaceReport[];
  /** Absent in a world with fewer than two objectives. */
  readonly front?: FrontReport;
  /** Absent where the strategy keeps none. */
  readonly archive?: ArchiveReport;
}
