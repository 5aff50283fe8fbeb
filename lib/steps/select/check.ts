/**
 * Whether all that a configuration names can be used: what a chain makes sure of before anything else.
 *
 * @module
 */

import { configuredKeys, loadConfig } from "../../run/config.ts";
import type { Config } from "../../run/config_schema.ts";
import { lastCycle } from "../../db/cycle.ts";
import { Listing } from "../../db/listing.ts";
import type { RunPaths } from "../../run/paths.ts";
import { loadPool } from "../../template/pool_store.ts";
import { demandEventLog } from "../../hooks/event_log.ts";
import { configuredHooks } from "../../hooks/configured_hooks.ts";
import { demandTrials } from "../../selection/summary.ts";
import { fitnessOf } from "./fitness.ts";
import { refuseIdle } from "./idle.ts";
import { demandNeeds } from "../../selection/needs.ts";
import { demandKept } from "../../selection/size.ts";
import { findPlugin } from "./plugin.ts";
import { plannerOf } from "./planner.ts";
import type { WorldSettings } from "../../runtime/contract.ts";
import type { Counts, StepContext } from "../../step/context.ts";
import { conditionsOf } from "../../run/conditions.ts";
import { worldsOf } from "../../run/worlds.ts";

/**
 * Loads what the configuration of a run names, and uses none of it: strategy and fitness, hooks, environment.
 *
 * The closing record then names the configured keys, so that the chain can say which of them its flags leave without
 * effect, and the conditions of the next cycle's scores, with which it compares those of before. Modules of hooks must be there; they are loaded when the first event is delivered.
 *
 * Needs read permission for `workspace/config.json`, `plugins/`, the run's template and the listing.
 *
 * @throws {Misuse} If the configuration is invalid, or names what is not there.
 * @throws {StepFailed} If a module can't be loaded, or the run's template is missing.
 */
export async function checkRun(step: StepContext, { selection }: { readonly selection?: string }): Promise<Counts> {
  const { paths } = step;
  const config = await loadConfig(paths);
  demandEventLog(paths.logs);
  const next = await cycleToCome(paths, config);
  const name = selection ?? config.selection.strategy;
  using planner = await plannerOf(name, step);
  if (next) {
    demandNeeds(name, planner.traits.needs, next.world, config);
    demandKept(planner.traits, config.selection, next.size);
  }
  const given = await configuredKeys(paths);
  refuseIdle(step, planner.traits, given, selection);
  using _fitness = await fitnessOf(config.fitness, step);
  await configuredHooks(paths, step.say);
  for (const [index, { module }] of config.hooks.entries()) {
    if (module !== undefined) findPlugin(module, `hooks.${index}.module`);
  }
  step.details.configured = [...given].filter(([, value]) => value !== 0).map(([key]) => key).join(" ");
  if (next) step.details.conditions = next.conditions;
  return { updates: 0 };
}

/** What the next cycle's scores depend on. */
interface CycleToCome {
  readonly conditions: string;
  readonly world: WorldSettings;
  /** How many agents the population has. */
  readonly size: number;
}

/** What the next cycle is to be: its template must offer the environment, and as many episodes. */
async function cycleToCome(paths: RunPaths, { world, fitness, selection }: Config): Promise<CycleToCome | undefined> {
  using listing = Listing.open(paths.listing);
  const hash = listing.meta("next") ?? listing.meta("pool");
  if (hash === undefined) return undefined;
  const pool = loadPool(paths, hash);
  const last = lastCycle(listing);
  const cycle = last?.state === "closed" ? last.cycle + 1 : last?.cycle ?? 1;
  const worlds = worldsOf(listing.meta("seed") ?? "", cycle, pool.world, world);
  demandTrials(fitness, worlds.length);
  const size = selection.size ?? Number(listing.meta("size"));
  return { conditions: await conditionsOf(pool, worlds), world: pool.world, size };
}
