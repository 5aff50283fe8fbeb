/**
 * Source files that are not trusted are read in a worker without permissions, for so long and no longer.
 *
 * What a reader takes is bounded by what it counts, alike on every machine; the clock is there for what nothing counts.
 *
 * @module
 */

import { Deadline } from "../isolation/deadline.ts";
import { StepFailed } from "../util/issue.ts";
import type { ExaminedSource } from "../source/examine.ts";
import { overWorkers } from "../step/pool.ts";
import type { SourceText } from "./examine_worker.ts";

/** How files are read. */
export interface ExamineOptions {
  readonly signal?: AbortSignal;
  /** Milliseconds for all of them. @default 300_000 */
  readonly wallMs?: number;
  /** The worker's module; another one than the project's is for tests. */
  readonly module?: URL;
}

/**
 * Reads and audits source files, in their order.
 *
 * Needs read permission for the worker's module.
 *
 * @throws {StepFailed} `machine.reader`, if it takes too long: that says nothing of the files.
 * @throws The signal's reason, if the step was interrupted.
 */
export async function examineApart(
  files: readonly SourceText[],
  { signal, wallMs = 300_000, module = new URL("./examine_worker.ts", import.meta.url) }: ExamineOptions = {},
): Promise<ExaminedSource[]> {
  const late = new AbortController();
  using _deadline = new Deadline(wallMs, () => late.abort(tooLate(wallMs)));
  const results = overWorkers<SourceText, ExaminedSource>({
    module,
    items: files.map(({ path, text }) => ({ path, text })),
    workers: 1,
    signal: signal ? AbortSignal.any([signal, late.signal]) : late.signal,
  });
  return await Array.fromAsync(results);
}

function tooLate(wallMs: number): StepFailed {
  return new StepFailed({
    code: "machine.reader",
    message:
      `Cannot read the source files as that must take less than ${wallMs / 1000} s on this machine; let it do less ` +
      "else, and run the step again.",
  });
}
