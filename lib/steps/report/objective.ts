/**
 * What a report says of the world's first objective.
 *
 * @module
 */

import type { CycleRow } from "../../db/cycle_report.ts";
import { objectiveScores, scoreName } from "../../records/objective.ts";
import type { CycleReport, EvaluationReport } from "../../records/report_cycle.ts";
import type { Objective } from "../../runtime/contract.ts";

/** A cycle with what stands beside its score. */
export function withObjective(cycle: CycleReport, objective: Objective | undefined): CycleReport {
  if (!objective) return cycle;
  return { ...cycle, objective: objectiveScores(cycle.score, objective) };
}

/** Whether a cycle's world had another first objective, or none where there is one now. */
export function isOfOther({ statistics }: CycleRow, objective: Objective | undefined): boolean {
  if (statistics === null) return false;
  const had: Objective | undefined = statistics.includes('"objective"') ? JSON.parse(statistics).objective : undefined;
  return had?.name !== objective?.name || had?.sense !== objective?.sense;
}

/** The scores between which the middle half lies: first the one whose value is greater where people read it. */
export function quartiles(
  { upper, lower }: EvaluationReport,
  objective: Objective | undefined,
): readonly [upper: number | null, lower: number | null] {
  return objective?.sense === "minimise" ? [lower, upper] : [upper, lower];
}

/** A title such as `Scores by cycle`, by the objective's name if it has one. */
export function scoresTitle(rest: string, objective: Objective | undefined): string {
  return `${objective ? scoreName(objective) : "Scores"} ${rest}`;
}

/** Which way is better, where people may take it for the other one; begins with a blank. */
export function betterNote(objective: Objective | undefined): string {
  return objective?.sense === "minimise" ? " Less is better." : "";
}
