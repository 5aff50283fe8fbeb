/**
 * What is to be expected of a genome, from what it did in worlds that nothing was chosen by.
 *
 * @module
 */

import { objectiveValue } from "../records/objective.ts";
import type { Expected } from "../records/race.ts";
import type { Objective } from "../runtime/contract.ts";
import type { Played } from "../selection/race.ts";
import { meanInterval } from "../statistics/mean_interval.ts";
import { mean } from "../statistics/moments.ts";

/** The mean with its interval, as the world means it. */
export function expectedOf({ scores, violations }: Played, objective: Objective | undefined): Expected {
  return {
    ...meanInterval(scores.map((score) => objectiveValue(score, objective))),
    episodes: scores.length,
    violation: mean(violations),
  };
}
