/**
 * Runs twins, and evaluates genomes. Runs in a Worker without permissions.
 *
 * @module
 */

import { serve } from "../step/worker.ts";
import { examine } from "./exam.ts";
import type { TwinExam, TwinJob, TwinRun, TwinScore } from "./job.ts";
import type { TwinProgram } from "./program.ts";
import { Realm } from "./realm.ts";
import { runTwin } from "./run.ts";

/** What a Worker is to do. */
export type TwinOrder = { readonly program: TwinProgram } & ({ readonly job: TwinJob } | { readonly exam: TwinExam });

let realm: Realm | undefined;

/** Does what is ordered. Needs no permission. */
export async function handle(order: TwinOrder): Promise<TwinRun | readonly TwinScore[]> {
  const { program } = order;
  if (realm?.text !== program.text) realm = new Realm(program);
  return "job" in order ? await runTwin(program, realm, order.job) : examine(program, realm, order.exam);
}

serve(handle);
