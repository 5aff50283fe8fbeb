/**
 * Which environment holds in which cycle.
 *
 * @module
 */

import type { Config } from "./config_schema.ts";

type Timed = Pick<Config["world"], "environment" | "schedule">;

/**
 * The name of the environment of a cycle; undefined where it is the world's first.
 *
 * A schedule whose last entry has no cycles stays there, as a curriculum does; any other begins anew, as seasons do.
 *
 * @param cycle From 1.
 */
export function environmentAt({ environment, schedule }: Timed, cycle: number): string | undefined {
  if (schedule === undefined) return environment;
  const stays = schedule.at(-1)!.cycles === undefined;
  let at = stays ? cycle - 1 : (cycle - 1) % schedule.reduce((sum, { cycles = 0 }) => sum + cycles, 0);
  for (const { environment, cycles = Infinity } of schedule) {
    if (at < cycles) return environment;
    at -= cycles;
  }
  return schedule.at(-1)!.environment;
}

/**
 * The name of the environment of a world beside the cycles: of seasons each in turn, as many as it has cycles; of a
 * curriculum the last.
 *
 * @param place From 0.
 */
export function environmentBeside(config: Timed, place: number): string | undefined {
  const last = config.schedule?.at(-1);
  return last && last.cycles === undefined ? last.environment : environmentAt(config, place + 1);
}
