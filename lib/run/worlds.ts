/**
 * The worlds of a cycle: the same for all agents, new in each cycle.
 *
 * @module
 */

import type { Config } from "./config_schema.ts";
import { environmentAt } from "./schedule.ts";
import { nearest } from "../util/nearest.ts";
import { Misuse } from "../util/issue.ts";
import type { WorldSeed, WorldSettings } from "../runtime/contract.ts";
import { deriveSeed, stream } from "../runtime/random.ts";
import { episodesFault, episodesOf, instancesOf } from "../source/instances.ts";

/**
 * The worlds in which the judged episodes of a cycle are run, in order.
 *
 * @param seed The run's seed.
 * @param cycle From 1.
 * @throws {Misuse} If the configuration names an environment, be it for later cycles, that the template does not have, or a number of episodes that
 * an evaluation can't be of there.
 */
export function worldsOf(
  seed: string,
  cycle: number,
  settings: WorldSettings,
  config: Config["world"],
): readonly WorldSeed[] {
  demandScheduled(settings, config);
  const environment = environmentOf(settings, environmentAt(config, cycle));
  const epoch = Math.floor((cycle - 1) / config.epochCycles);
  const layout = deriveSeed(seed, "layout", epoch);
  const steps = config.steps ?? settings.steps;
  const instances = instancesOf(settings) && drawn(seed, cycle, settings, config);
  const length = instances?.length ?? demandedEpisodes(settings, config);
  return Array.from({ length }, (_, episode) => ({
    seed: deriveSeed(seed, "world", cycle, episode),
    layout,
    environment,
    steps,
    ...(instances && { instance: instances[episode]! }),
  }));
}

/** How many episodes an evaluation is of. */
function demandedEpisodes(settings: WorldSettings, config: Config["world"]): number {
  const episodes = episodesOf(settings, config.episodes);
  const fault = episodesFault(settings, episodes);
  if (fault === undefined) return episodes;
  throw new Misuse({
    code: "config.episodes",
    message: `Cannot evaluate as world.episodes must be ${fault}: it is ${episodes}.`,
    path: "world.episodes",
  });
}

/** The training instances of a cycle's episodes: all in order, or as many as are asked for, drawn without replacement. */
function drawn(seed: string, cycle: number, settings: WorldSettings, config: Config["world"]): readonly number[] {
  const episodes = demandedEpisodes(settings, config);
  const instances = Array.from({ length: instancesOf(settings)!.train }, (_, instance) => instance);
  if (episodes === instances.length) return instances;
  const random = stream(deriveSeed(seed, "instances", cycle));
  for (let at = 0; at < episodes; at++) {
    const other = at + Math.floor(random() * (instances.length - at));
    [instances[at], instances[other]] = [instances[other]!, instances[at]!];
  }
  return instances.slice(0, episodes);
}

/** All that a schedule names must be there before any of it begins. */
function demandScheduled(settings: WorldSettings, { schedule = [] }: Config["world"]): void {
  for (const [at, { environment }] of schedule.entries()) {
    environmentOf(settings, environment, `world.schedule.${at}.environment`);
  }
}

/**
 * The environment of a name.
 *
 * @param name Absent: the world's first.
 * @param path Where it is named, for messages.
 * @throws {Misuse} If the world has no such environment.
 */
export function environmentOf(
  settings: WorldSettings,
  name: string | undefined,
  path = "world.environment",
): Readonly<Record<string, number>> {
  const names = Object.keys(settings.environments);
  const chosen = name ?? names[0];
  if (chosen === undefined) return {};
  if (Object.hasOwn(settings.environments, chosen)) return settings.environments[chosen]!;
  const near = nearest(chosen, names);
  const has = names.length === 0 ? "none" : names.join(", ");
  throw new Misuse({
    code: "config.environment",
    message: `Cannot use the environment ${JSON.stringify(chosen)} as world.ts must have it: it has ${has}${
      near === undefined ? "" : `; the nearest is ${near}`
    }.`,
    path,
  });
}

/**
 * What an evaluation takes at most, about, in steps of a small world: so it is decided how well genes are compiled.
 *
 * A probe makes a gene work as a step does, and the world besides.
 */
export function effortOf({ probes = 0 }: Pick<WorldSettings, "probes">, worlds: readonly WorldSeed[]): number {
  return worlds.reduce((sum, { steps }) => sum + steps + 2 * probes, 0);
}
