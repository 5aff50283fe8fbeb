/**
 * Records of the benchmark and of the soak.
 *
 * @module
 */

import type { RecordOf } from "./record.ts";

/** What one run of a command cost. */
export interface Sample {
  /** From start to end, in milliseconds. */
  readonly wallMs: number;
  /** Of the command and of all that it started and waited for, in user and kernel mode, in milliseconds; NaN: unknown. */
  readonly cpuMs: number;
  /** Resident memory of its largest process at most, in KiB; null where GNU time is not installed. */
  readonly peakKiB: number | null;
}

/** What is demanded of the value of a figure. */
export interface Goal {
  /** `most`: the value may be that at most; `least`: it must be that at least. */
  readonly kind: "most" | "least";
  /** The bound. */
  readonly value: number;
  /** `times` what the reference takes, `times faster` than it, or `seconds` more than it. */
  readonly unit: "times" | "times faster" | "seconds more";
}

/** One workload. */
export interface Figure {
  /** The name of the part of the suite that it belongs to. */
  readonly part: string;
  /** What is done. */
  readonly workload: string;
  /** What it is measured beside. */
  readonly reference: string;
  /** How many agents. */
  readonly agents: number;
  /** How often each side was run; the figures are medians. */
  readonly repeats: number;
  /** What the workload cost. */
  readonly ours: Sample;
  /** What the reference cost. */
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
  /** The name of the part of the suite that it belongs to. */
  readonly part: string;
  /** What is done. */
  readonly workload: string;
  /** Why it was left out. */
  readonly why: string;
}

/** What something took in the second quarter of the time and in the last, as medians over the cycles. */
export interface Growth {
  /** What was watched. */
  readonly of: string;
  /** In which unit. */
  readonly unit: "MiB" | "descriptors";
  /** Median over the cycles in the second quarter of the time. */
  readonly before: number;
  /** Median over those in the last quarter. */
  readonly after: number;
  /** The later one as a multiple of the earlier one. */
  readonly growth: number;
  /** Whether it is flat. */
  readonly ok: boolean;
}

/** A workload; not `ok` is one that does not meet its goal. */
export interface BenchFigure extends RecordOf<"bench.figure", null>, Figure {}

/** A workload that was left out. */
export interface BenchOmitted extends RecordOf<"bench.omitted", null>, Omission {}

/** Something that must not grow; not `ok` is what did. */
export interface SoakGrowth extends RecordOf<"soak.growth", null>, Omit<Growth, "ok"> {}
