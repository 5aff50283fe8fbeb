/**
 * What arms of a comparison have in common, and how their budget is shared out.
 *
 * @module
 */

import type { Config } from "../run/config_schema.ts";
import type { WorldSettings } from "../runtime/contract.ts";
import { raceEntrants } from "../selection/race.ts";
import { episodesOf } from "../source/instances.ts";
import type { TwinProgram } from "../twin/twin.ts";

/** Bytes of a genome. */
export type Bytes = Uint8Array;

/** Part of the budget that a race is given. */
export const raceShare = 0.2;

/** How many random genomes begin a race: as many as the living and agents' bests of a population together. */
export const mostRaced = 2 * raceEntrants;

/** How genomes are searched for. */
export interface Search {
  readonly config: Config;
  /** Episodes that an arm may be charged for. */
  readonly budget: number;
  /** Chance that a gene of a random genome is active. */
  readonly active: number;
}

/** The same with a population. */
export interface Plan extends Search {
  /** Its agents. */
  readonly count: number;
}

/** What is searched, and by which random numbers. */
export interface Ground extends Search {
  readonly program: TwinProgram;
  readonly seed: string;
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
export function sharesOf(
  { budget, config }: Search,
  settings: WorldSettings,
  agents: number,
  isRaced: boolean,
): Shares {
  const episodes = episodesOf(settings, config.world.episodes);
  const race = isRaced && settings.noisy ? Math.floor(budget * raceShare) : 0;
  return { episodes, race, search: budget - race - cycleOf(config, settings, agents) + 1 };
}

/** Episodes that a cycle may come to, those of its own race among them. */
function cycleOf({ world, selection: { race } }: Config, settings: WorldSettings, agents: number): number {
  const raced = race ? Math.min(race.first, agents) * race.episodes : 0;
  return agents * episodesOf(settings, world.episodes) + raced;
}

/** Agents that may be evaluated in a cycle. */
export function agentsOf({ config, count }: Plan): number {
  return Math.max(count, config.selection.size ?? 0);
}

/** The least budget that all arms can do with: a cycle, and a race of a fifth. */
export function leastBudget(plan: Plan, settings: WorldSettings): number {
  const cycle = cycleOf(plan.config, settings, agentsOf(plan));
  return Math.ceil(cycle / (settings.noisy ? 1 - raceShare : 1));
}
