/**
 * Runs one arm once. Runs in a Worker without permissions.
 *
 * @module
 */

import type { ComparedRun } from "../../records/compare.ts";
import { serve } from "../../step/worker.ts";
import { Realm } from "../../twin/realm.ts";
import type { Order } from "./order.ts";
import { armRun } from "./arm_run.ts";

let realm: Realm | undefined;

/** Does what is ordered. Needs no permission. */
export async function handle(order: Order): Promise<ComparedRun> {
  if (realm?.text !== order.program.text) realm = new Realm(order.program);
  return (await armRun(realm, order)).run;
}

serve(handle);
