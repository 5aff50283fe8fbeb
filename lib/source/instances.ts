/**
 * Instances of a problem: how many a world has, and how many episodes an evaluation may be of.
 *
 * @module
 */

import type { WorldSettings } from "../runtime/contract.ts";

/** Episodes of an evaluation in a world without instances, and with them. */
const most = { random: 64, instances: 1024 } as const;

/** How many instances a world has: those to train on come first, those to test with after them. */
export interface InstanceCounts {
  readonly train: number;
  readonly test: number;
}

/** How many instances a world has; undefined where its episodes are random. */
export function instancesOf({ instances }: Pick<WorldSettings, "instances">): InstanceCounts | undefined {
  if (instances === undefined) return undefined;
  return typeof instances === "number" ? { train: instances, test: 0 } : { test: 0, ...instances };
}

/** How many episodes an evaluation is of, where nothing says so: one of each training instance. */
export function episodesOf(settings: Pick<WorldSettings, "instances" | "episodes">, asked?: number): number {
  return asked ?? settings.episodes ?? instancesOf(settings)!.train;
}

/** Episodes of a process at most, and where memory does not last from one to the next at least. */
const [mostAtOnce, leastAtOnce] = [64, 32];

/** How many episodes that belong to no cycle are run as one evaluation; it depends on the world alone. */
export function groupSize(
  settings: Pick<WorldSettings, "instances" | "episodes" | "memory">,
  asked?: number,
): number {
  const episodes = episodesOf(settings, asked);
  return Math.min(mostAtOnce, settings.memory === "lifetime" ? episodes : Math.max(leastAtOnce, episodes));
}

/**
 * What is wrong with a number of episodes in a world, if anything.
 *
 * @returns What it must be, to stand after "world.episodes must be".
 */
export function episodesFault(
  settings: Pick<WorldSettings, "instances" | "noisy">,
  episodes: number,
): string | undefined {
  const counts = instancesOf(settings);
  if (!counts) return episodes > most.random ? `at most ${most.random} in a world without instances` : undefined;
  const { train } = counts;
  if (episodes > train) return `at most ${train}, as there are that many instances to train on`;
  if (episodes > most.instances) return `given, and at most ${most.instances}, where there are ${train} instances`;
  if (episodes === train || settings.noisy) return undefined;
  return `${train}, or world.noisy true: where each cycle draws ${episodes} of ${train} instances a score is of that draw`;
}
