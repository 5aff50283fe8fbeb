/**
 * What a benchmark found out: a workload beside its reference, and whether the goal is met.
 *
 * @module
 */

import type { Figure, Goal, Sample } from "../../lib/records/bench.ts";

/** Agents from which on goals about many agents hold: below, the start of processes is most of what is measured. */
export const scale = 10_000;

type Parts = Omit<Figure, "value" | "byCpu" | "met">;

/** A figure whose value follows from its goal and both samples. */
export function figure(parts: Parts): Figure {
  const { ours, against, goal } = parts;
  const unit = goal?.unit ?? "times";
  const [value, byCpu] = [valueOf(unit, ours.wallMs, against.wallMs), valueOf(unit, ours.cpuMs, against.cpuMs)];
  return { ...parts, value, byCpu: Number.isFinite(byCpu) ? byCpu : null, met: goal ? meets(value, goal) : null };
}

/** Whether a value is what the goal demands. */
export function meets(value: number, goal: Goal): boolean {
  return goal.kind === "most" ? value <= goal.value : value >= goal.value;
}

function valueOf(unit: Goal["unit"], ours: number, against: number): number {
  switch (unit) {
    case "times":
      return ours / against;
    case "times faster":
      return against / ours;
    case "seconds more":
      return (ours - against) / 1000;
  }
}

/** A sample multiplied: what so many times the work would cost. Memory is not more for it. */
export function scaled({ wallMs, cpuMs, peakKiB }: Sample, factor: number): Sample {
  return { wallMs: wallMs * factor, cpuMs: cpuMs * factor, peakKiB };
}
