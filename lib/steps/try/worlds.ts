/**
 * The worlds in which a genome is tried.
 *
 * @module
 */

import type { Config } from "../../run/config_schema.ts";
import { worldsOf } from "../../run/worlds.ts";
import type { WorldSeed, WorldSettings } from "../../runtime/contract.ts";
import { deriveSeed } from "../../runtime/random.ts";
import { groupSize, type InstanceCounts, instancesOf } from "../../source/instances.ts";
import { Misuse } from "../../util/issue.ts";

/** Which worlds are asked for; by default those of the first cycle of a run with the same seed. */
export interface WorldChoice {
  readonly seed: string;
  readonly environment?: string;
  readonly instance?: number;
  readonly test: boolean;
}

/**
 * The worlds, in the groups that are each run in one process as one evaluation.
 *
 * The groups depend on the world alone, so that the machine has no part in what they come to.
 *
 * @throws {Misuse} If there is no such instance, or no such environment.
 */
export function chosenWorlds(
  settings: WorldSettings,
  config: Config["world"],
  { seed, environment, instance, test }: WorldChoice,
): readonly (readonly WorldSeed[])[] {
  const chosen = { ...config, ...(environment !== undefined && { environment, schedule: undefined }) };
  if (instance === undefined && !test) return [worldsOf(seed, 1, settings, chosen)];
  const counts = demandInstances(settings, instance === undefined ? "--test" : "--instance");
  const at = (instance: number, episode: number): WorldSeed => ({
    ...frame,
    seed: deriveSeed(seed, "world", 1, episode),
    instance,
  });
  const [frame] = worldsOf(seed, 1, settings, chosen) as [WorldSeed];
  if (instance !== undefined) {
    demandInstance(instance, counts);
    return [[at(instance, 0)]];
  }
  if (counts.test === 0) throw noTests();
  const size = groupSize(settings, config.episodes);
  const instances = Array.from({ length: counts.test }, (_, place) => counts.train + place);
  return Array.from(
    { length: Math.ceil(instances.length / size) },
    (_, group) => instances.slice(group * size, (group + 1) * size).map((one, i) => at(one, group * size + i)),
  );
}

function demandInstances(settings: WorldSettings, flag: string): InstanceCounts {
  const counts = instancesOf(settings);
  if (counts) return counts;
  throw new Misuse({
    code: "try.instance",
    message: `Cannot use ${flag} as world.ts must declare instances: its episodes are random. Choose others by --seed.`,
    path: "world.ts",
  });
}

function demandInstance(instance: number, { train, test }: InstanceCounts): void {
  if (instance < train + test) return;
  const which = test === 0 ? "" : `; those to test with begin with ${train}`;
  throw new Misuse({
    code: "try.instance",
    message: `Cannot use the instance ${instance} as it must be from 0 to ${train + test - 1}${which}.`,
    path: "world.ts",
  });
}

function noTests(): Misuse {
  return new Misuse({
    code: "try.instance",
    message: "Cannot use --test as world.ts must have instances to test with: `instances: { train: N, test: M }`.",
    path: "world.ts",
  });
}
