/**
 * In-process twins: whole seeded runs in Workers, bit for bit what the steps would come to with the same seed, as long as no
 * limit of the machine ends anything.
 *
 * @module
 */

import { overWorkers } from "../step/pool.ts";
import type { TwinExam, TwinJob, TwinRun, TwinScore } from "./job.ts";
import type { TwinProgram } from "./program.ts";
import type { TwinOrder } from "./worker.ts";

export { runProgram, twinProgram } from "./program.ts";
export type * from "./job.ts";
export type { TwinProgram } from "./program.ts";

/** Where twins run. */
export interface TwinOptions {
  /** How many Workers may be at work at once: at least 1. */
  readonly workers: number;
  /** Ends the work: the iteration throws the signal's reason. */
  readonly signal?: AbortSignal;
}

const module = new URL("./worker.ts", import.meta.url);

/**
 * What runs come to, in the order of the jobs and as soon as they are over. Needs read permission for `lib/`.
 *
 * @throws {Misuse} If a configuration can't be used with the program's world, or names modules in `plugins/`.
 * @throws {StepFailed} If the world fails where no gene is active, or no evaluation of a cycle gives a score.
 */
export async function* runTwins(
  program: TwinProgram,
  jobs: Iterable<TwinJob>,
  options: TwinOptions,
): AsyncGenerator<TwinRun, void, void> {
  yield* overWorkers<TwinOrder, TwinRun>({ ...options, module, items: ordersOf(program, jobs, "job") });
}

/**
 * What genomes come to in worlds, for each exam and in the order of these. Needs read permission for `lib/`.
 *
 * @returns In the order of the genomes.
 */
export async function* evaluateGenomes(
  program: TwinProgram,
  exams: Iterable<TwinExam>,
  options: TwinOptions,
): AsyncGenerator<readonly TwinScore[], void, void> {
  yield* overWorkers<TwinOrder, readonly TwinScore[]>({ ...options, module, items: ordersOf(program, exams, "exam") });
}

function* ordersOf<T>(program: TwinProgram, asked: Iterable<T>, name: "job" | "exam"): Generator<TwinOrder> {
  for (const one of asked) yield { program, [name]: one } as unknown as TwinOrder;
}
