/**
 * The (1+1) evolutionary algorithm.
 *
 * @module
 */

import { byMerit } from "../order.ts";
import { fertileOf, nextGeneration, resultsOf, unchanged } from "../population.ts";
import type { Given, Selected, Strategy } from "../strategy.ts";

/**
 * One parent has one child, which takes its place if it is at least as good: ties go to the child, so that the search can
 * cross plateaus (Droste, Jansen and Wegener 2002, "On the analysis of the (1+1) evolutionary algorithm"). The size is 2;
 * a first cycle has one agent, or the best of those there are is the parent.
 */
const onePlusOne: Strategy = {
  brief: "one parent has one child, which takes its place if it is at least as good",
  uses: ["race", "sterileParents"],
  leastSize: () => 2,
  select(given: Given): Selected {
    const [parent] = fertileOf(resultsOf(given)).sort((a, b) => byMerit(a, b) || b.ordinal - a.ordinal);
    if (!parent) return unchanged;
    const child = { parents: [parent], draw: () => parent };
    return nextGeneration(
      { ...given, size: Math.min(given.size, 2) },
      [parent],
      child,
      "The other was at least as good.",
    );
  },
};

export default onePlusOne;
