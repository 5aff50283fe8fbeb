/**
 * The choice among what an arm has found.
 *
 * @module
 */

import { raceWorlds } from "../run/unseen_worlds.ts";
import { race } from "../selection/race.ts";
import type { Judge } from "./judge.ts";
import type { Bytes, Ground } from "./plan.ts";
import type { Found } from "./search.ts";

/** What was chosen. */
export interface Chosen {
  /** Absent where there was none. */
  readonly winner?: Bytes;
  /** Episodes that were charged for it. */
  readonly episodes: number;
}

/**
 * The winner of a race with what the search has left of the budget, by the rule of a run's final race; where there is nothing to
 * race in, what the search holds to be the best.
 */
export async function chosen(judge: Judge, ground: Ground, { genomes, episodes }: Found): Promise<Chosen> {
  const { seed, config, program: { pool: { world: settings } } } = ground;
  const worlds = raceWorlds({ seed, settings, config: config.world });
  if (worlds.count === 0) return { winner: genomes[0], episodes: 0 };
  const left = ground.budget - episodes;
  let charged = 0;
  // Each of two or more plays at least once.
  const [first] = await race(genomes.slice(0, Math.max(1, left)), {
    episodes: left,
    play: async (some, from, to) => {
      charged += some.length * (to - from);
      return await judge.each(`race ${from}`, some, worlds.at(from, to));
    },
  });
  return { winner: first?.entrant, episodes: charged };
}
