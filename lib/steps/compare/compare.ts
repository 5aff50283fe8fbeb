/**
 * Compares evolution with what it is to beat, at an equal number of judged episodes.
 *
 * @module
 */

import { missingListing } from "../../db/missing_listing.ts";
import type { ComparedRun } from "../../records/compare.ts";
import { besideScore } from "../../records/objective.ts";
import { loadConfig } from "../../run/config.ts";
import type { Counts, StepContext } from "../../step/context.ts";
import { overWorkers } from "../../step/pool.ts";
import { presentTemplateFolder } from "../../template/template_folder.ts";
import { type TwinProgram, twinProgram } from "../../twin/twin.ts";
import { infoOf } from "../../util/files.ts";
import { Misuse } from "../../util/issue.ts";
import { type ArmName, armNames, reference } from "./arms.ts";
import { genomeOfAll, handMade } from "./given.ts";
import type { CompareOptions } from "./options.ts";
import { leastBudget, type Order, type Plan } from "./order.ts";
import { isDocument, report } from "./report.ts";

/** An arm with its genome, where it does not search. */
export type Arm = { readonly name: ArmName; readonly given?: Uint8Array<ArrayBuffer> };

/**
 * Emits a `compare.run` for each run of an arm and a `compare.arm` for each arm; or prints the same for people.
 *
 * It works on no run, and keeps nothing. Needs read permission for the template, the configuration and `lib/`, write permission
 * for `.try`, and run permission for `/bin/sh`.
 *
 * @throws {Misuse} If the template, the configuration or the budget can't be used.
 * @throws {StepFailed} If the world fails where no gene is active.
 */
export async function compare(step: StepContext, options: CompareOptions): Promise<Counts> {
  const { paths, signal, stages } = step;
  if (paths.name !== undefined && infoOf(paths.root) === undefined) throw missingListing(paths.listing);
  const template = options.template ?? presentTemplateFolder(paths);
  const [config, program] = await Promise.all([loadConfig(paths), twinProgram(template, { signal, stages })]);
  const plan: Plan = { ...options, config };
  demandBudget(plan, program);
  const { chosen, left } = await armsOf(program, template, options.arms);
  const runs: ComparedRun[] = [];
  const orders = ordersOf(program, plan, chosen, options.seeds);
  const module = new URL("./worker.ts", import.meta.url);
  const [objective] = program.pool.world.objectives ?? [];
  for await (const run of overWorkers<Order, ComparedRun>({ module, items: orders, workers: step.workers, signal })) {
    runs.push(run);
    if (!isDocument(step.format)) {
      step.emit({ type: "compare.run", id: null, ok: true, ...run, ...besideScore(run.score, objective) });
    }
    step.progress(runs.length, chosen.length * options.seeds);
  }
  await report(step, runs, { ...options, template, left, config, world: program.pool.world });
  return { updates: 0, arms: chosen.length, runs: runs.length };
}

/** Seed by seed, so that what is interrupted has pairs. */
function* ordersOf(program: TwinProgram, plan: Plan, arms: readonly Arm[], seeds: number): Generator<Order> {
  const { config, budget, count, tests } = plan;
  for (let seed = 1; seed <= seeds; seed++) {
    for (const { name: arm, given } of arms) {
      yield { config, budget, count, tests, program, arm, seed: `${seed}`, ...(given && { given }) };
    }
  }
}

function demandBudget(plan: Plan, { pool }: TwinProgram): void {
  const least = leastBudget(plan, pool.world);
  if (plan.budget >= least) return;
  throw new Misuse({
    code: "compare.budget",
    message:
      `Cannot compare with a budget of ${plan.budget} as it must be at least ${least} episodes, for one cycle of the population ` +
      "and a race: give more by --budget, or fewer agents by --count.",
  });
}

/** The arms in their order, and those that the template can't have, with the reason. */
async function armsOf(
  { pool }: TwinProgram,
  template: string,
  asked: readonly ArmName[] | undefined,
): Promise<{ chosen: Arm[]; left: string[] }> {
  const made = {
    all: { genome: genomeOfAll(pool), why: "all genes at once do not link" },
    "hand-made": { genome: await handMade(template, pool), why: "the template has no reference.json" },
  };
  const chosen: Arm[] = [], left: string[] = [];
  for (const name of armNames) {
    if (asked && name !== reference && !asked.includes(name)) continue;
    if (name !== "all" && name !== "hand-made") chosen.push({ name });
    else if (made[name].genome) chosen.push({ name, given: made[name].genome });
    else if (asked) throw unavailable(name, made[name].why);
    else left.push(`${name}: ${made[name].why}`);
  }
  return { chosen, left };
}

function unavailable(arm: ArmName, why: string): Misuse {
  return new Misuse({
    code: "compare.arm",
    message: `Cannot compare with ${arm} as ${why}. Leave it out of --arms.`,
  });
}
