/**
 * Whether agents may write as much as their evidence can come to.
 *
 * @module
 */

import type { Config } from "../run/config_schema.ts";
import type { WorldSettings } from "../runtime/contract.ts";
import { spaceOf } from "../runtime/space.ts";
import { episodesOf } from "../source/instances.ts";
import { Misuse } from "../util/issue.ts";

/** What a reply holds besides evidence at the least, in bytes: a token and names. */
const frame = 256;

/**
 * Demands that the longest evidence of a cycle fits into what an agent may write.
 *
 * @throws {Misuse} If it does not.
 */
export function demandOutput(world: WorldSettings, { limits, world: chosen }: Pick<Config, "limits" | "world">): void {
  const steps = chosen.steps ?? world.steps, episodes = episodesOf(world, chosen.episodes);
  const needed = Math.ceil((episodes * (spaceOf(world).longest(steps) + 1) + frame) / 1024);
  if (needed <= limits.outputKiB) return;
  throw new Misuse({
    code: "template.evidence",
    message: `Cannot use the template as its longest evidence must fit into limits.outputKiB, which is ` +
      `${limits.outputKiB}: ${episodes} episodes of ${steps} steps come to ${needed} KiB of actions. Raise ` +
      `limits.outputKiB in config.json, or have fewer episodes or steps.`,
    path: "world.ts",
  });
}
