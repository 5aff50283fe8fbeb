/**
 * Lexicase selection.
 *
 * @module
 */

import { casesOf, Lexicase } from "../lexicase.ts";
import { elitesOf, fertileOf, nextGeneration, rankingOf, resultsOf, unchanged } from "../population.ts";
import type { Given, Selected, Strategy } from "../strategy.ts";

/**
 * For each parent the episodes are gone through in an order of their own, and each time only those stay in the running
 * that are best in the episode; children take the place of all but the elites (Helmuth, Spector and Matheson 2015,
 * "Solving uncompromising problems with lexicase selection"). Of real numbers those stay that are close to the best
 * (La Cava, Spector and Danai 2016, "Epsilon-lexicase selection for regression").
 */
const lexicase: Strategy = {
  brief: "parents are the best in episodes that are gone through in random order, all but the elites are replaced",
  uses: ["elites", "mates", "sterileParents"],
  needs: { cases: true },
  select(given: Given): Selected {
    const order = resultsOf(given);
    const parents = fertileOf(order);
    if (parents.length === 0) return unchanged;
    const elites = elitesOf(order, given);
    const children = new Lexicase(parents, casesOf(parents));
    const next = nextGeneration(given, elites, children, "Its generation was replaced, and it holds no elite.");
    return { ...next, ranking: rankingOf(order, elites) };
  },
};

export default lexicase;
