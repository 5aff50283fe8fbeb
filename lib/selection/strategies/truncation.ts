/**
 * Truncation selection.
 *
 * @module
 */

import type { Random } from "../../runtime/random.ts";
import { muOf } from "../mu.ts";
import { elitesOf, fertileOf, nextGeneration, rankingOf, resultsOf, unchanged } from "../population.ts";
import { pick } from "../random.ts";
import type { Given, Selected, Strategy } from "../strategy.ts";

/**
 * Parents are drawn from the `mu` best, each as likely; their children take the place of all but the elites
 * (Mühlenbein and Schlierkamp-Voosen 1993, "Predictive models for the breeder genetic algorithm": the threshold T is
 * `mu` of the size, from 10 to 50 %).
 */
const truncation: Strategy = {
  brief: "the best share are the parents, all but the elites are replaced",
  uses: ["mu", "elites", "race", "mates", "sterileParents"],
  select(given: Given): Selected {
    const order = resultsOf(given);
    const parents = fertileOf(order).slice(0, muOf(given.options, given.size));
    if (parents.length === 0) return unchanged;
    const elites = elitesOf(order, given);
    const children = { parents, draw: (random: Random) => pick(parents, random) };
    const next = nextGeneration(given, elites, children, "Its generation was replaced, and it holds no elite.");
    return { ...next, ranking: rankingOf(order, elites) };
  },
};

export default truncation;
