/**
 * The closing record of a step.
 *
 * @module
 */

import type { Objective } from "../runtime/contract.ts";
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

/**
 * Why a chain of cycles ended. Where several hold at the close of a cycle, it is the first of these.
 *
 * `stopped`: by Ctrl-C, `stop` or a closed terminal. `extinct`: no agent is left to go on with.
 */
export type EndReason = "target" | "evaluations" | "stagnation" | "cycles" | "minutes" | "stopped" | "extinct";

/** What a run has come to by its last closed cycle, whichever calls it took. */
export interface RunFigures {
  /** The last closed cycle, 0 before the first one. */
  readonly cycle: number;
  /** Judged evaluations of all closed cycles, whatever they came to. */
  readonly evaluations: number;
  /** The best that a cycle of the present world has had, as the world means it; null where there is none. */
  readonly best: number | null;
  /** What it is a value of; absent where the world gives scores itself. */
  readonly objective?: Objective;
  /** How far it breaks what must hold; absent where it is feasible. */
  readonly violation?: number;
  /** The first cycle that had it. */
  readonly bestCycle: number | null;
  /** Closed cycles since then: so many in a row had no better one. */
  readonly stagnation: number;
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
  /** Of `lifecycle`, `start`: why no further cycle was begun; absent where a step failed. */
  reason?: EndReason;
  /** The value of the flag that this was due to. */
  asked?: number;
  /** Of `lifecycle`, `start`: what the run had come to by then. */
  reached?: RunFigures;
  /** Of `lifecycle`: the cycle in which it ended, where it ended within one. */
  openCycle?: number;
  /** Of `select --check`: the keys that the configuration sets, separated by blanks. */
  configured?: string;
  /** Of `select --check`: hash of the conditions that the next cycle's scores are earned under. */
  conditions?: string;
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
