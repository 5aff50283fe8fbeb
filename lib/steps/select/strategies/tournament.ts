/**
 * Tournament selection with elitism, and the energy rule.
 *
 * @module
 */

import { byFitness } from "../rank_order.ts";
import { pick, type Ranked, type Strategy } from "../strategy.ts";

/**
 * The worst die, the best are kept, and a parent is the best of some drawn at random
 * (Goldberg and Deb 1991, "A comparative analysis of selection schemes").
 */
const tournament: Strategy = {
  brief: "the worst die, the best are kept, parents win a tournament",
  energyRule: true,
  replacesByRank: true,
  elites: (ranked, options, size) => ranked.slice(0, Math.ceil(options.elites * size)),
  removalOrder: (candidates) => candidates.toReversed(),
  parent(ranked, options, random, note) {
    const rivals: Ranked[] = Array.from({ length: options.tournamentSize }, () => pick(ranked, random));
    note?.(rivals);
    return rivals.reduce((best, rival) => byFitness(rival, best) < 0 ? rival : best);
  },
};

export default tournament;
