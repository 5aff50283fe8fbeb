/**
 * What a strategy needs of a world and a configuration.
 *
 * @module
 */

import type { Config } from "../run/config_schema.ts";
import { worldsOf } from "../run/worlds.ts";
import type { WorldSettings } from "../runtime/contract.ts";
import type { Needs } from "./strategy.ts";
import { Misuse } from "../util/issue.ts";

/**
 * Refuses a strategy where the world or the configuration lacks what it goes by.
 *
 * @param name The strategy's.
 * @throws {Misuse} If something is lacking; says what to add.
 */
export function demandNeeds(name: string, needs: Needs, world: WorldSettings, config: Config): void {
  demandChance(world, config);
  const { cases = false, objectives = 1, descriptors = false } = needs;
  const declared = world.objectives?.length ?? 0;
  if (objectives > 1 && declared < objectives) {
    const has = declared === 0 ? "it declares none" : `it declares ${declared}`;
    throw lacks(name, `world.ts must declare ${objectives} objectives or more: ${has}`);
  }
  if (cases && worldsOf("", 1, world, config.world).length < 2) {
    throw lacks(
      name,
      "an evaluation must be of 2 episodes or more, which are its cases: it is of 1; set world.episodes",
    );
  }
  if (descriptors && !config.selection.descriptors) {
    throw lacks(
      name,
      'selection.descriptors must say by which measures genomes differ, such as [{ "measure": "distance", "min": 0, ' +
        '"max": 10, "bins": 8 }]: it is absent',
    );
  }
}

/**
 * Refuses a race within cycles where it would tell nothing.
 *
 * @throws {Misuse} If chance has no part in the scores of the world.
 */
export function demandChance({ noisy }: WorldSettings, { selection }: Config): void {
  if (!selection.race || noisy) return;
  throw new Misuse({
    code: "selection.needs",
    message:
      "Cannot race within cycles as the world must be noisy, so that further episodes tell more: world.ts says " +
      "noisy: false, where each evaluation is of all that can be seen; leave out selection.race.",
    path: "workspace/config.json",
  });
}

function lacks(name: string, what: string): Misuse {
  return new Misuse({
    code: "selection.needs",
    message: `Cannot select by ${name} as ${what}.`,
    path: "workspace/config.json",
  });
}
