/**
 * The table of what evaluations took of the machine.
 *
 * @module
 */

import type { CycleReport } from "../../records/report_cycle.ts";
import { type Row, type Section, section } from "../../tables/section.ts";

/** What is not measured anywhere has no column, and the note says so. */
export function costSection(cycles: readonly CycleReport[]): Section {
  const hasCpu = cycles.some(({ evaluationCpu }) => evaluationCpu);
  const hasMemory = cycles.some(({ evaluationMemory }) => evaluationMemory !== undefined);
  const cpu: Row<CycleReport>[] = [
    ["median CPU", "ms", ({ evaluationCpu }) => evaluationCpu?.median ?? null],
    ["99 % within CPU", "ms", ({ evaluationCpu }) => evaluationCpu?.p99 ?? null],
    ["CPU together", "ms", ({ evaluationCpu }) => evaluationCpu?.total ?? null],
    ["measured", "count", ({ evaluationCpu }) => evaluationCpu?.count ?? 0],
  ];
  return section(
    "cost",
    "Cost of evaluations by cycle",
    noteOf(hasCpu, hasMemory),
    cycles.filter(({ judged }) => judged),
    [
      ["cycle", "count", ({ cycle }) => cycle],
      ["median time", "ms", ({ evaluationMs }) => evaluationMs.median],
      ["99 % within", "ms", ({ evaluationMs }) => evaluationMs.p99],
      ["together", "ms", ({ evaluationMs }) => evaluationMs.total],
      ...(hasCpu ? cpu : []),
      ...(hasMemory ? [memory] : []),
    ],
  );
}

const memory: Row<CycleReport> = ["most memory", "bytes", ({ evaluationMemory }) => evaluationMemory ?? null];

function noteOf(hasCpu: boolean, hasMemory: boolean): string {
  const missing = [...(hasCpu ? [] : ["CPU time"]), ...(hasMemory ? [] : ["peak memory"])].join(" and ");
  return `Wall-clock time of judged evaluations${hasCpu ? ", and CPU time of their processes" : ""}.${
    missing === "" ? "" : ` The ${missing} of one evaluation was not measured: ${hasCpu ? noController : noGroup}.`
  }`;
}

const noGroup = "that takes a process for each evaluation in a control group of its own (cgroup v2)";
const noController = "that takes control groups with the controller of memory";
