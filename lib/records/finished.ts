/**
 * The closing record of a step.
 *
 * @module
 */

import type { RecordOf } from "./record.ts";

/** One stage of a step's work. */
export interface StageTimes {
  /** How often it was done. */
  readonly count: number;
  /** All of it in milliseconds; stages that are at work side by side sum up to more than the step's own time. */
  readonly totalMs: number;
  /** The median, in milliseconds. */
  readonly p50: number;
  /** The 99th percentile, in milliseconds. */
  readonly p99: number;
}

/** What single steps add to their closing record. */
export interface StepDetails {
  /** Of `supervise`, `lifecycle`: the way that agents were kept apart by. */
  isolation?: string;
  /** Of `supervise`: what held evaluations to their limits, such as `rlimits cgroup memory pids`. */
  limits?: string;
  /** Of `status`: by which two populations are compared. */
  digest?: string;
  /** Of `status`: the last closed cycle. */
  cycle?: number;
  /** Of `lifecycle`: `minutes`, where its time was over. */
  ended?: "minutes";
  /** Of `lifecycle`: the cycle in which it ended, where it ended within one. */
  openCycle?: number;
  /** Of `select --check`: the keys that the configuration sets, separated by blanks. */
  configured?: string;
}

/** The last record of each step, but for a wrong command line. */
export interface StepFinished extends RecordOf<"step.finished", null>, Readonly<StepDetails> {
  /** What it did, by name; `updates` is how many things it changed: 0 means that nothing was due. Absent where it failed. */
  readonly counts?: Readonly<{ updates: number } & Record<string, number>>;
  /** Milliseconds: `lock` (waiting for it), `work`, `total`; absent where it failed. */
  readonly durations?: Readonly<Record<string, number>>;
  /** Agents (for `hooks`, events) that it handled in a second of its work. */
  readonly perSecond?: number;
  /** The stages of its work, by name. */
  readonly stages?: Readonly<Record<string, StageTimes>>;
  /** True where it was interrupted and has saved its work. */
  readonly interrupted?: true;
  /** Raised when a record, a field or a value gets another name or meaning. */
  readonly recordsVersion: number;
}
