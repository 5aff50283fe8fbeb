/**
 * The fitness of a twin's results: the weighted sum that the configuration says.
 *
 * @module
 */

import type { Config } from "../run/config_schema.ts";
import { weighing } from "../selection/weights.ts";
import { Misuse } from "../util/issue.ts";
import type { Judged, TwinAgent } from "./agent.ts";

/** Gives a result its fitness. */
export type Fitness = (judged: Judged, agent: TwinAgent) => number;

/**
 * What gives fitness as a configuration says.
 *
 * @throws {Misuse} If the configuration names a module, which only a run on disk can load.
 */
export function fitnessOf({ module, ...options }: Config["fitness"]): Fitness {
  if (module !== undefined) throw onDiskOnly("fitness.module", module);
  const weigh = weighing(options);
  return ({ score, measures, trials }, agent) =>
    weigh({
      score,
      measures,
      trials,
      get metrics() {
        return { ...agent.metrics };
      },
    });
}

/** What a module of the user's own is refused with: it would need permissions that a twin has not. */
export function onDiskOnly(key: string, module: string): Misuse {
  return new Misuse({
    code: "config.twin",
    message:
      `Cannot run in memory as ${key} must be what is shipped: it is ${module}, a module, which only a run on disk ` +
      "can load.",
    path: "workspace/config.json",
  });
}
