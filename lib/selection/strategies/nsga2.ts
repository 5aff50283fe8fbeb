/**
 * NSGA-II, for several objectives.
 *
 * @module
 */

import { crowding, frontsOf } from "../fronts.ts";
import { fertileOf, nextGeneration, rankingOf, resultsOf, unchanged } from "../population.ts";
import type { Candidate, Given, Selected, Strategy } from "../strategy.ts";
import { Tournament } from "../tournament.ts";
import { meansOf } from "../trials.ts";

/**
 * Parents and children are sorted into fronts, and the half that is on the best of them stays, of the last front what is
 * least crowded; parents win tournaments of two by front, then by crowding (Deb, Pratap, Agarwal and Meyarivan 2002, "A
 * fast and elitist multiobjective genetic algorithm: NSGA-II").
 */
const nsga2: Strategy = {
  brief: "the half on the best fronts stays, what is least crowded first, and has the next children",
  uses: ["mates", "sterileParents"],
  leastSize: () => 2,
  byFitness: false,
  needs: { objectives: 2 },
  select(given: Given): Selected {
    const order = crowdedOrder(resultsOf(given));
    const kept = order.slice(0, Math.max(1, given.size >> 1));
    const fertile = fertileOf(kept);
    // Where none that stays can be a parent, others are: their children may be better.
    const held = new Tournament(fertile.length > 0 ? fertile : fertileOf(order), 2);
    if (held.parents.length === 0) return unchanged;
    const next = nextGeneration(given, kept, held, `It is not among the ${kept.length} on the best fronts.`);
    return { ...next, ranking: held.counted(rankingOf(order, kept)) };
  },
};

export default nsga2;

/** By front, then the least crowded first; equals as they are given. */
export function crowdedOrder<T extends Candidate>(candidates: readonly T[]): T[] {
  const points = candidates.map((one) => ({ one, objectives: meansOf(one), violation: one.violation }));
  return frontsOf(points).flatMap((front) => {
    const distances = crowding(front);
    return front.map(({ one }, i) => ({ one, distance: distances[i]! }))
      .sort((a, b) => a.distance === b.distance ? 0 : b.distance - a.distance).map(({ one }) => one);
  });
}
