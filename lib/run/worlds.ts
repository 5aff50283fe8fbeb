/**
 * The worlds of a cycle: the same for all agents, new in each cycle.
 *
 * @module
 */

import type { Config } from "./config_schema.ts";
import { nearest } from "../util/nearest.ts";
import { Misuse } from "../util/issue.ts";
import type { WorldSeed, WorldSettings } from "../runtime/contract.ts";
import { deriveSeed } from "../runtime/random.ts";

/**
 * The worlds in which the judged episodes of a cycle are run, in order.
 *
 * @param seed The run's seed.
 * @param cycle From 1.
 * @throws {Misuse} If the configuration names an environment that the template does not have.
 */
export function worldsOf(
  seed: string,
  cycle: number,
  settings: WorldSettings,
  config: Config["world"],
): readonly WorldSeed[] {
  const environment = environmentOf(settings, config.environment);
  const epoch = Math.floor((cycle - 1) / config.epochCycles);
  const layout = deriveSeed(seed, "layout", epoch);
  const steps = config.steps ?? settings.steps;
  return Array.from({ length: config.episodes ?? settings.episodes }, (_, episode) => ({
    seed: deriveSeed(seed, "world", cycle, episode),
    layout,
    environment,
    steps,
  }));
}

function environmentOf(settings: WorldSettings, name: string | undefined): Readonly<Record<string, number>> {
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
    path: "world.environment",
  });
}
