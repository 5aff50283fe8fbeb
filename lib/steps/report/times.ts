/**
 * Where the time went.
 *
 * @module
 */

import type { ElsewhereReport, StepReport } from "../../records/report.ts";
import type { Listing } from "../../db/listing.ts";
import { type Counted, Histogram } from "../../util/histogram.ts";
import { timesOf } from "../../step/stages.ts";

const order = ["init", "scan", "sync-wiring", "build", "supervise", "select", "hooks"];

/** What is summed up of a step. */
interface Sum {
  runs: number;
  wallMs: number;
  cpuMs?: number;
  updates: number;
  handled: number;
  /** Time of the runs that handled anything. */
  busyMs: number;
  readonly cycles: Map<number, number>;
  readonly stages: Map<string, Histogram>;
  /** By cycle. */
  readonly evaluators: Map<number, Elsewhere>;
}

/** What is summed up of evaluators. */
type Elsewhere = Record<(typeof elsewhereCounts)[number], number>;

const elsewhereCounts = [
  "elsewhere",
  "elsewhereMs",
  "verified",
  "atHome",
  "droppedEvaluators",
] as const satisfies readonly (keyof ElsewhereReport)[];

/** What a row of `step_runs` tells. */
interface Noted extends Readonly<Partial<Elsewhere>> {
  readonly updates?: number;
  readonly perSecond?: number;
  readonly processCpuMs?: number;
  readonly stages?: Readonly<Record<string, Counted>>;
}

/** Reads how long each step and its stages took. */
export function readSteps(listing: Listing): StepReport[] {
  const steps = new Map<string, Sum>();
  const rows = listing.rows<{ step: string; cycle: number; wall: number; counts: string }>(
    "SELECT step, cycle, wall_ms AS wall, counts FROM step_runs ORDER BY step, cycle, id",
  );
  for (const { step, cycle, wall, counts } of rows) {
    let sum = steps.get(step);
    if (!sum) {
      sum = {
        runs: 0,
        wallMs: 0,
        updates: 0,
        handled: 0,
        busyMs: 0,
        cycles: new Map(),
        stages: new Map(),
        evaluators: new Map(),
      };
      steps.set(step, sum);
    }
    add(sum, cycle, wall, Object(JSON.parse(counts)));
  }
  let all = 0;
  for (const { wallMs } of steps.values()) all += wallMs;
  return [...steps].sort(([a], [b]) => place(a) - place(b) || (a < b ? -1 : 1))
    .map(([step, sum]) => reportOf(step, sum, all));
}

function add(sum: Sum, cycle: number, wall: number, noted: Noted): void {
  const { updates, perSecond, processCpuMs, stages, elsewhere } = noted;
  sum.runs++;
  sum.wallMs += wall;
  if (typeof processCpuMs === "number") sum.cpuMs = (sum.cpuMs ?? 0) + processCpuMs;
  sum.updates += Number(updates ?? 0);
  sum.cycles.set(cycle, (sum.cycles.get(cycle) ?? 0) + wall);
  if (typeof perSecond === "number") {
    sum.handled += perSecond * wall / 1000;
    sum.busyMs += wall;
  }
  for (const [stage, counted] of Object.entries(stages ?? {})) {
    let histogram = sum.stages.get(stage);
    if (!histogram) sum.stages.set(stage, histogram = new Histogram());
    if (counted) histogram.merge(counted);
  }
  if (typeof elsewhere === "number") {
    const former = sum.evaluators.get(cycle);
    const more = elsewhereCounts.map((
      name,
    ) => [name, (former?.[name] ?? 0) + (Number.isFinite(noted[name]) ? noted[name]! : 0)]);
    sum.evaluators.set(cycle, Object.fromEntries(more));
  }
}

function reportOf(
  step: string,
  { runs, wallMs, cpuMs, updates, handled, busyMs, cycles, stages, evaluators }: Sum,
  all: number,
): StepReport {
  return {
    step,
    runs,
    wallMs: Math.round(wallMs),
    ...(cpuMs !== undefined && { cpuMs: Math.round(cpuMs) }),
    share: all === 0 ? null : wallMs / all,
    updates,
    perSecond: busyMs === 0 ? null : Math.round(handled / busyMs * 10_000) / 10,
    stages: [...stages].map(([stage, histogram]) => ({ stage, ...timesOf(histogram) })),
    cycles: [...cycles].map(([cycle, wall]) => [cycle, Math.round(wall)] as const),
    ...(evaluators.size > 0 && { evaluators: [...evaluators].map(([cycle, counts]) => ({ cycle, ...counts })) }),
  };
}

function place(step: string): number {
  const index = order.indexOf(step);
  return index < 0 ? order.length : index;
}
