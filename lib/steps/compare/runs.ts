/**
 * All runs of a comparison, over Workers.
 *
 * @module
 */

import { leastBudget } from "../../arms/plan.ts";
import type { ComparedRun } from "../../records/compare.ts";
import { overWorkers } from "../../step/pool.ts";
import type { TwinProgram } from "../../twin/twin.ts";
import { Misuse } from "../../util/issue.ts";
import { type ArmName, armNames, reference } from "./arms.ts";
import { genomeOfAll, handMade } from "./given.ts";
import type { ComparisonPlan, Order } from "./order.ts";

/** An arm with its genome, where it does not search. */
export type Arm = { readonly name: ArmName; readonly given?: Uint8Array<ArrayBuffer> };

/** What is run. */
export interface AllRuns extends ComparisonPlan {
  readonly arms: readonly Arm[];
  /** How many runs each arm has, of the seeds 1, 2, … */
  readonly seeds: number;
}

/**
 * The runs, seed by seed, so that what is interrupted has pairs; the same with any number of workers.
 *
 * Needs read permission for `lib/`.
 *
 * @throws {Misuse} If the budget is too small, or the configuration can't be used with this world.
 * @throws {StepFailed} If the world fails where no gene is active.
 */
export async function* comparedRuns(
  program: TwinProgram,
  all: AllRuns,
  { workers, signal }: { readonly workers: number; readonly signal: AbortSignal },
): AsyncGenerator<ComparedRun, void, void> {
  demandBudget(all, program);
  const module = new URL("./worker.ts", import.meta.url);
  yield* overWorkers<Order, ComparedRun>({ module, items: ordersOf(program, all), workers, signal });
}

function* ordersOf(program: TwinProgram, { arms, seeds, ...plan }: AllRuns): Generator<Order> {
  for (let seed = 1; seed <= seeds; seed++) {
    for (const { name: arm, given } of arms) {
      yield { ...plan, program, arm, seed: `${seed}`, ...(given && { given }) };
    }
  }
}

function demandBudget(plan: ComparisonPlan, { pool }: TwinProgram): void {
  const least = leastBudget(plan, pool.world);
  if (plan.budget >= least) return;
  throw new Misuse({
    code: "compare.budget",
    message:
      `Cannot compare with a budget of ${plan.budget} as it must be at least ${least} episodes, for one cycle of the population ` +
      "and a race: give more by --budget, or fewer agents by --count.",
  });
}

/**
 * The arms in their order, and those that the template can't have, with the reason.
 *
 * Needs read permission for the template.
 *
 * @param asked Absent: all that the template can have, but for a warm start.
 * @throws {Misuse} If one is asked for that it can't have.
 */
export async function armsOf(
  { pool }: TwinProgram,
  template: string,
  asked: readonly ArmName[] | undefined,
): Promise<{ chosen: Arm[]; left: string[] }> {
  const chosen: Arm[] = [], left: string[] = [];
  for (const name of armNames) {
    if (asked ? name !== reference && !asked.includes(name) : name === "warm-start") continue;
    const given = name === "all"
      ? genomeOfAll(pool)
      : name === "hand-made" || name === "warm-start"
      ? await handMade(template, pool)
      : undefined;
    if (given || isSearch(name)) chosen.push({ name, ...(given && { given }) });
    else if (asked) throw unavailable(name);
    else left.push(`${name}: ${lacking[name]}`);
  }
  return { chosen, left };
}

/** Why a template can't have an arm. */
const lacking = {
  all: "all genes at once do not link",
  "hand-made": "the template has no reference.json",
  "warm-start": "the template has no reference.json",
} as const;

function isSearch(name: ArmName): name is Exclude<ArmName, keyof typeof lacking> {
  return !Object.hasOwn(lacking, name);
}

function unavailable(arm: keyof typeof lacking): Misuse {
  return new Misuse({
    code: "compare.arm",
    message: `Cannot compare with ${arm} as ${lacking[arm]}. Leave it out of --arms.`,
  });
}
