/**
 * What evaluators on other machines have done for a run, by cycle.
 *
 * @module
 */

import type { ElsewhereReport, StepReport } from "../../records/report.ts";
import { type Section, section } from "../../tables/section.ts";

/** The table, where the run has had evaluators. */
export function evaluatorSection(steps: readonly StepReport[]): Section[] {
  const cycles = steps.flatMap(({ evaluators = [] }) => evaluators);
  if (cycles.length === 0) return [];
  const sum = (of: (one: ElsewhereReport) => number) => cycles.reduce((all, one) => all + of(one), 0);
  const all = { elsewhere: sum((one) => one.elsewhere), atHome: sum((one) => one.atHome) };
  const note = `Of evaluations and gestations ${all.elsewhere} were run by evaluators, and ${all.atHome} at home. ` +
    "Their time is what evaluators say: of several at once, more than the time of the step. What is verified is run at home as well.";
  return [
    section("evaluators", "Evaluations by evaluators", note, cycles, [
      ["cycle", "count", (one) => one.cycle],
      ["elsewhere", "count", (one) => one.elsewhere],
      ["time elsewhere", "ms", (one) => one.elsewhereMs],
      ["verified", "count", (one) => one.verified],
      ["at home", "count", (one) => one.atHome],
      ["dropped", "count", (one) => one.droppedEvaluators],
    ]),
  ];
}
