/**
 * The record of a step that an agent took.
 *
 * @module
 */

import type { TracedStep, WorldSeed } from "../runtime/contract.ts";
import type { Issue } from "../util/issue.ts";
import type { RecordOf } from "./record.ts";

/** A step of an evaluation that was traced; not `ok` is one in which it failed. */
export interface TraceStep extends RecordOf<"trace.step", string | null>, TracedStep {
  /** The cycle of the evaluation; absent where that is of no run. */
  readonly cycle?: number;
  /** The instance; absent in a world without. */
  readonly instance?: number;
}

/** What a trace is of. */
export interface TraceOf extends Pick<TraceStep, "id" | "cycle"> {
  /** The worlds of its episodes, in order. */
  readonly worlds: readonly Pick<WorldSeed, "instance">[];
  /** What is wrong, where the evaluation has failed: that was in the last step. */
  readonly issue?: Issue;
}

/** A trace as records. */
export function traceRecords(trace: readonly TracedStep[], { worlds, issue, ...of }: TraceOf): TraceStep[] {
  return trace.map((step, at) => {
    const instance = worlds[step.episode]?.instance;
    const hasFailed = issue !== undefined && at === trace.length - 1;
    return {
      type: "trace.step",
      ...of,
      ok: !hasFailed,
      ...(hasFailed && { issue }),
      ...(instance !== undefined && { instance }),
      ...step,
    };
  });
}
