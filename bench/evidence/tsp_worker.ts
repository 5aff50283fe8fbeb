/**
 * Runs one arm or tuner once, and judges what it has chosen on the instances of TSPLIB as well. Runs in a Worker, which may
 * start the tuners and nothing else.
 *
 * @module
 */

import process from "node:process";
import { chosen } from "../../lib/arms/choice.ts";
import { inRealm, Judge } from "../../lib/arms/judge.ts";
import type { ArmName } from "../../lib/steps/compare/arms.ts";
import { armRun, judgedRun } from "../../lib/steps/compare/arm_run.ts";
import type { Order } from "../../lib/steps/compare/order.ts";
import { testWorlds } from "../../lib/run/unseen_worlds.ts";
import { serve } from "../../lib/step/worker.ts";
import { searchBy } from "../peers/search.ts";
import { type ToolName, tools } from "../peers/tools.ts";
import { TimedRealm } from "./timed_realm.ts";
import type { TspRun } from "./tsp.ts";

/** One run of an arm, or of a tuner. */
export interface TspOrder extends Omit<Order, "arm"> {
  readonly arm: ArmName | ToolName;
  /** How many instances of TSPLIB come after the test instances. */
  readonly published: number;
}

let realm: TimedRealm | undefined;

/** Does what is ordered. Needs run permission for `/bin/sh` where that is a tuner. */
export async function handle(order: TspOrder): Promise<TspRun> {
  if (realm?.text !== order.program.text) realm = new TimedRealm(order.program);
  const { judgedMs } = realm;
  const began = threadMs();
  const judge = new Judge(order, inRealm(order, realm));
  const { run, winner, cpuMs } = isTool(order)
    ? await toolRun(judge, order)
    : { ...await armRun(realm, order as Order), cpuMs: undefined };
  const ownMs = cpuMs ?? threadMs() - began - (realm.judgedMs - judgedMs);
  return { ...run, tsplib: winner ? await gaps(judge, order, winner) : [], ownMs: Math.round(ownMs) };
}

async function toolRun(judge: Judge, order: TspOrder & { readonly arm: ToolName }) {
  const found = await searchBy(tools[order.arm], judge, order);
  const choice = await chosen(judge, order, found);
  return { run: await judgedRun(judge, order, found, choice), winner: choice.winner, cpuMs: found.cpuMs };
}

function isTool(order: TspOrder): order is TspOrder & { readonly arm: ToolName } {
  return Object.hasOwn(tools, order.arm);
}

/** By how many percent its tours are longer than the shortest ones, instance by instance; null where it breaks something. */
async function gaps(judge: Judge, { program, seed, config, tests, published }: TspOrder, winner: Uint8Array) {
  const worlds = testWorlds({ seed, settings: program.pool.world, config: config.world }).at(tests, tests + published);
  const [played] = await judge.each("tsplib", [winner], worlds);
  return worlds.map((_, i) => played && played.violations[i] === 0 ? -played.scores[i]! : null);
}

/** CPU time of this thread so far, in milliseconds. */
function threadMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

serve(handle);
