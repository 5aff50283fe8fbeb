/**
 * Compares evolution with what it is to beat, at an equal number of judged episodes.
 *
 * @module
 */

import { missingListing } from "../../db/missing_listing.ts";
import type { ComparedRun, ComparisonSetup } from "../../records/compare.ts";
import { besideScore } from "../../records/objective.ts";
import { loadConfig } from "../../run/config.ts";
import { testWorlds } from "../../run/unseen_worlds.ts";
import type { Counts, StepContext } from "../../step/context.ts";
import { initDefaults, presentBeginning } from "../../template/template_folder.ts";
import { type TwinProgram, twinProgram } from "../../twin/twin.ts";
import { infoOf } from "../../util/files.ts";
import type { CompareOptions } from "./options.ts";
import type { ComparisonPlan } from "./order.ts";
import { isDocument, report } from "./report.ts";
import { armsOf, comparedRuns } from "./runs.ts";

/**
 * Emits `compare.begun`, a `compare.run` for each run of an arm and a `compare.arm` for each arm; or prints the same for people.
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
  const { template, count, active } = options.template === undefined
    ? presentBeginning(paths)
    : { ...initDefaults, template: options.template };
  const [config, program] = await Promise.all([loadConfig(paths), twinProgram(template, { signal, stages })]);
  const { chosen, left } = await armsOf(program, template, options.arms);
  const { budget, seeds, tests } = options;
  const plan = { config, budget, seeds, tests, active, count: options.count ?? count };
  const setup = setupOf(plan, program, { template, left });
  if (!isDocument(step.format)) step.emit({ type: "compare.begun", id: null, ok: true, ...setup });
  const runs: ComparedRun[] = [];
  for await (const run of comparedRuns(program, { ...plan, arms: chosen }, step)) {
    runs.push(run);
    if (!isDocument(step.format)) {
      step.emit({ type: "compare.run", id: null, ok: true, ...run, ...besideScore(run.score, setup.objective) });
    }
    step.progress(runs.length, chosen.length * seeds);
  }
  await report(step, runs, setup, options.margin);
  return { updates: 0, arms: chosen.length, runs: runs.length };
}

function setupOf(
  { config, budget, seeds, tests, count }: ComparisonPlan & { readonly seeds: number },
  { pool: { world } }: TwinProgram,
  of: { readonly template: string; readonly left: readonly string[] },
): ComparisonSetup {
  const worlds = testWorlds({ seed: "1", settings: world, config: config.world });
  const [objective] = world.objectives ?? [];
  return {
    ...of,
    budget,
    seeds,
    count,
    tests: Math.min(worlds.count, tests),
    isUnseen: worlds.isUnseen,
    isRaced: world.noisy,
    ...(objective && { objective }),
  };
}
