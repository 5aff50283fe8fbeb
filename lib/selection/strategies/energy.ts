/**
 * The energy rule alone: an agent that can't pay for the next cycle dies, one that has much is often a parent.
 *
 * @module
 */

import { fertileOf, filled, resultsOf } from "../population.ts";
import { weighted } from "../random.ts";
import type { Candidate, Given, Selected, Strategy } from "../strategy.ts";

/** None are compared: an agent stays as long as its account lasts, and is a parent in proportion to it. */
const energy: Strategy = {
  brief: "what runs out of energy dies, parents are drawn in proportion to energy",
  uses: ["mates", "sterileParents"],
  byFitness: false,
  energy: "always",
  select(given: Given): Selected {
    const { living, size } = given;
    const present = new Set<Candidate>(living);
    const fertile = fertileOf(resultsOf(given));
    const survivors = fertile.filter((one) => present.has(one));
    const parents = survivors.length > 0 ? survivors : fertile;
    const draw = weighted(parents, ({ energy }) => energy);
    return { deaths: [], births: filled(given, size - living.length, [], { parents, draw }), archive: [] };
  },
};

export default energy;
