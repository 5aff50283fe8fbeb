/**
 * Tournament selection.
 *
 * @module
 */

import { elitesOf, fertileOf, nextGeneration, rankingOf, resultsOf, unchanged } from "../population.ts";
import type { Given, Selected, Strategy } from "../strategy.ts";
import { Tournament } from "../tournament.ts";

/**
 * A parent is the best of `tournamentSize` that are drawn from the whole population with replacement; children take the
 * place of all but the elites (Goldberg and Deb 1991, "A comparative analysis of selection schemes used in genetic
 * algorithms").
 */
const tournament: Strategy = {
  brief: "parents win tournaments in the whole population, all but the elites are replaced",
  uses: ["tournamentSize", "elites", "race", "mates", "sterileParents"],
  select(given: Given): Selected {
    const order = resultsOf(given);
    const held = new Tournament(fertileOf(order), given.options.tournamentSize);
    if (held.parents.length === 0) return unchanged;
    const elites = elitesOf(order, given);
    const next = nextGeneration(given, elites, held, "Its generation was replaced, and it holds no elite.");
    return { ...next, ranking: held.counted(rankingOf(order, elites)) };
  },
};

export default tournament;
