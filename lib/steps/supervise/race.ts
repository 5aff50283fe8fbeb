/**
 * The race of the open cycle: its worlds, and what of it is due.
 *
 * @module
 */

import type { Listing } from "../../db/listing.ts";
import { racersOf } from "../../evaluation/cycle_race.ts";
import { limitsOf } from "../../isolation/limits.ts";
import { conditionsOf } from "../../run/conditions.ts";
import { cycleRaceWorlds } from "../../run/unseen_worlds.ts";
import { demandChance } from "../../selection/needs.ts";
import { countJudged, type DueEvaluation, type DueFacts } from "./due.ts";
import { ofWorlds, type RunFacts } from "./run_facts.ts";

/**
 * What the evaluations of the race of the open cycle have in common: its worlds, and limits for so many episodes.
 *
 * @returns Undefined where there is no race.
 * @throws {Misuse} If a race would tell nothing in this world.
 */
export async function raceFacts(facts: RunFacts): Promise<RunFacts | undefined> {
  const { seed, config, pool, due: { cycle } } = facts;
  const { race } = config.selection;
  if (!race || cycle === undefined) return undefined;
  demandChance(pool.world, config);
  const worlds = cycleRaceWorlds({ seed, settings: pool.world, config: config.world }, cycle, race.episodes);
  const limits = limitsOf(config.limits, Math.ceil(worlds.length / facts.worlds.length));
  const conditions = await conditionsOf(pool, worlds);
  return { ...facts, config: { ...config, limits }, ...ofWorlds(pool, worlds), conditions };
}

/**
 * Evaluations of the race of the open cycle that are due, in the order of the agents' creation: none before all judged ones of the
 * cycle are complete, since these say which agents are in it.
 *
 * @param racing What they have in common; absent: there is no race.
 */
export function dueRace(listing: Listing, judged: DueFacts, racing: RunFacts | undefined): DueEvaluation[] {
  const { cycle } = judged;
  if (!racing || cycle === undefined || countJudged(listing, judged) > 0) return [];
  const { seed, config, pool: { world: settings }, conditions } = racing;
  return racersOf(listing, { seed, cycle, settings, config, conditions })
    .filter(({ outcome }) => outcome === null)
    .sort((a, b) => a.ordinal - b.ordinal)
    .map((racer) => ({ ...racer, kind: "race" as const, cycle, bestScore: null, bestGenomeHash: null }));
}
