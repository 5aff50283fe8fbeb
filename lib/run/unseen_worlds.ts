/**
 * Worlds that no cycle draws from: those by which one is chosen among a few, and those on which what was chosen is judged.
 *
 * @module
 */

import type { Pool } from "../genome/pool.ts";
import type { WorldSeed, WorldSettings } from "../runtime/contract.ts";
import { deriveSeed, stream } from "../runtime/random.ts";
import { instancesOf } from "../source/instances.ts";
import { sha256 } from "../util/hash.ts";
import { conditionsOf } from "./conditions.ts";
import type { Config } from "./config_schema.ts";
import { environmentBeside } from "./schedule.ts";
import { environmentOf, worldsOf } from "./worlds.ts";

/** Worlds in an order of their own. */
export interface Worlds {
  /** How many there are: infinite where chance has a part in them. */
  readonly count: number;
  /** Whether training has seen none of them: their instances, or their chance where there are none. */
  readonly isUnseen: boolean;
  /** Those from one place up to another one, which is none of them; no more than there are. */
  at(from: number, to: number): WorldSeed[];
}

/** What worlds are of. */
export interface WorldFacts {
  /** The run's seed. */
  readonly seed: string;
  readonly settings: WorldSettings;
  readonly config: Config["world"];
}

/**
 * The worlds in which one is chosen among a few: by chance that no cycle has, and on training instances in an order of their own.
 * There are none where chance has no part in scores: each training evaluation is of all instances then.
 */
export function raceWorlds(facts: WorldFacts): Worlds {
  return chanceWorlds(facts, "race");
}

/**
 * The worlds by which it is decided what a genome can do without: as those of a race, of names of their own, since the winner of
 * a race owes some of its score there to luck. Where chance has no part in scores: the training worlds.
 */
export function ablationWorlds(facts: WorldFacts): Worlds {
  if (facts.settings.noisy) return chanceWorlds(facts, "ablation");
  const training = searchWorlds(facts);
  return { count: training.length, isUnseen: false, at: (from, to) => training.slice(from, to) };
}

function chanceWorlds(facts: WorldFacts, name: "race" | "ablation"): Worlds {
  const { seed, settings } = facts;
  const counts = instancesOf(settings);
  if (!settings.noisy) return none;
  const instances = counts && shuffled(counts.train, deriveSeed(seed, `${name} instances`));
  return worlds(facts, name, true, instances);
}

/**
 * The worlds on which a genome is judged after it was chosen: by chance of their own, and on the instances to test with where
 * there are any.
 */
export function testWorlds(facts: WorldFacts): Worlds {
  const { settings } = facts;
  const counts = instancesOf(settings);
  const { train = 0, test = 0 } = counts ?? {};
  const instances = counts && (test > 0 ? range(train, train + test) : range(0, train));
  return worlds(facts, "test", counts ? test > 0 : settings.noisy, instances);
}

/**
 * The training worlds of a search that has no cycles: those of the first one, in the environments of a schedule by turns.
 *
 * @throws {Misuse} If the configuration names an environment that the template does not have.
 */
export function searchWorlds({ seed, settings, config }: WorldFacts): WorldSeed[] {
  return worldsOf(seed, 1, settings, config).map((world, place) => ({
    ...world,
    environment: environmentOf(settings, environmentBeside(config, place)),
  }));
}

/**
 * The worlds in which the best of a cycle are raced: in the environment of that cycle, by chance that no training, no final race
 * and no other cycle has, and on training instances in an order of their own.
 *
 * @param cycle From 1.
 * @param count How many there are.
 */
export function cycleRaceWorlds({ seed, settings, config }: WorldFacts, cycle: number, count: number): WorldSeed[] {
  const frame = worldsOf(seed, cycle, settings, config)[0]!;
  const counts = instancesOf(settings);
  const instances = counts && shuffled(counts.train, deriveSeed(seed, "race instances", cycle));
  return range(0, count).map((place) => ({
    ...frame,
    seed: deriveSeed(seed, "race", cycle, place),
    layout: deriveSeed(seed, "race layout", cycle, place),
    ...(instances && { instance: instances[place % instances.length]! }),
  }));
}

/**
 * What all these worlds depend on besides the seed: the conditions of the first cycle, and the schedule where there is one.
 *
 * @returns SHA-256 as 64 hexadecimal digits.
 */
export async function unseenConditions(pool: Pool, { seed, settings, config }: WorldFacts): Promise<string> {
  const inFirst = await conditionsOf(pool, worldsOf(seed, 1, settings, config));
  return config.schedule ? await sha256(JSON.stringify([inFirst, config.schedule])) : inFirst;
}

const none: Worlds = { count: 0, isUnseen: false, at: () => [] };

function worlds(
  { seed, settings, config }: WorldFacts,
  name: "race" | "ablation" | "test",
  isUnseen: boolean,
  instances: readonly number[] | undefined,
): Worlds {
  const count = settings.noisy ? Infinity : instances?.length ?? 1;
  const frame = worldsOf(seed, 1, settings, config)[0]!;
  return {
    count,
    isUnseen,
    at: (from, to) =>
      range(from, Math.min(to, count)).map((place) => ({
        ...frame,
        environment: environmentOf(settings, environmentBeside(config, place)),
        seed: deriveSeed(seed, name, place),
        layout: deriveSeed(seed, `${name} layout`, place),
        ...(instances && { instance: instances[place % instances.length]! }),
      })),
  };
}

function range(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from) }, (_, i) => from + i);
}

/** The numbers up to a count in random order (Fisher and Yates, after Durstenfeld 1964). */
function shuffled(count: number, seed: string): number[] {
  const random = stream(seed), all = range(0, count);
  for (let i = all.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [all[i], all[j]] = [all[j]!, all[i]!];
  }
  return all;
}
