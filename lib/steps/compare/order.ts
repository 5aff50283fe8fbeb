/**
 * What a Worker is asked for: one run of one arm.
 *
 * @module
 */

import type { Config } from "../../run/config_schema.ts";
import type { WorldSettings } from "../../runtime/contract.ts";
import { episodesOf } from "../../source/instances.ts";
import type { TwinProgram } from "../../twin/twin.ts";
import { type ArmName, raceShare } from "./arms.ts";

/** Bytes of a genome. */
export type Bytes = Uint8Array;

/** What all runs of a comparison have in common. */
export interface Plan {
  readonly config: Config;
  /** Episodes that an arm may be charged for. */
  readonly budget: number;
  /** Agents of the population. */
  readonly count: number;
  /** Chance that a gene of a random genome is active. */
  readonly active: number;
  /** Worlds on which what was chosen is judged, as far as there are so many. */
  readonly tests: number;
}

/** One run. */
export interface Order extends Plan {
  readonly program: TwinProgram;
  readonly arm: ArmName;
  readonly seed: string;
  /** The genome of an arm that does not search. */
  readonly given?: Uint8Array<ArrayBuffer>;
}

/** How a budget is shared out. */
export interface Shares {
  /** Episodes of an evaluation. */
  readonly episodes: number;
  /** What a race is given; 0 where there is nothing to race in. */
  readonly race: number;
  /** What a population is searched with, in whole cycles: its last one may begin below that. */
  readonly search: number;
}

/**
 * How the budget is shared out, so that no arm comes to more.
 *
 * @param agents How many may be evaluated in a cycle.
 */
export function sharesOf(plan: Plan, settings: WorldSettings, agents: number, isRaced: boolean): Shares {
  const episodes = episodesOf(settings, plan.config.world.episodes);
  const race = isRaced && settings.noisy ? Math.floor(plan.budget * raceShare) : 0;
  return { episodes, race, search: plan.budget - race - agents * episodes + 1 };
}

/** Agents that may be evaluated in a cycle. */
export function agentsOf({ config, count }: Plan): number {
  return Math.max(count, config.selection.size ?? 0);
}

/** The least budget that all arms can do with: a cycle, and a race of a fifth. */
export function leastBudget(plan: Plan, settings: WorldSettings): number {
  const cycle = agentsOf(plan) * episodesOf(settings, plan.config.world.episodes);
  return Math.ceil(cycle / (settings.noisy ? 1 - raceShare : 1));
}
