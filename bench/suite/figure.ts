/**
 * What a benchmark found out: a workload beside its reference, and whether the goal is met.
 *
 * @module
 */

import type { Sample } from "./measure.ts";

/** What is demanded of the value of a figure. */
export interface Goal {
  /** `most`: the value may be that at most; `least`: it must be that at least. */
  readonly kind: "most" | "least";
  readonly value: number;
  /** `times` what the reference takes, `times faster` than it, or `seconds` more than it. */
  readonly unit: "times" | "times faster" | "seconds more";
}

/** Agents from which on goals about many agents hold: below, the start of processes is most of what is measured. */
export const scale = 10_000;

/** One workload. */
export interface Figure {
  /** The name of the part of the suite that it belongs to. */
  readonly part: string;
  readonly workload: string;
  readonly reference: string;
  /** How many agents. */
  readonly agents: number;
  /** How often each side was run; the figures are medians. */
  readonly repeats: number;
  readonly ours: Sample;
  readonly against: Sample;
  /** The figure that the goal is about. */
  readonly value: number;
  /** The same by CPU time, which other work on the machine changes less; null where that says nothing. */
  readonly byCpu: number | null;
  /** Absent: it is shown for what it is. */
  readonly goal?: Goal;
  /** Null without a goal. */
  readonly met: boolean | null;
  /** What else is to be known of it. */
  readonly note?: string;
}

/** What was not measured, and why. */
export interface Omission {
  readonly part: string;
  readonly workload: string;
  readonly why: string;
}

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
