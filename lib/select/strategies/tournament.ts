/**
 * Tournament selection with elitism, and the energy rule.
 *
 * @module
 */

import { byFitness, pick, type Ranked, type Strategy } from "../strategy.ts";

/**
 * The worst die, the best are kept, and a parent is the best of some drawn at random
 * (Goldberg and Deb 1991, "A comparative analysis of selection schemes").
 */
const tournament: Strategy = {
  brief: "the worst die, the best are kept, parents win a tournament",
  energyRule: true,
  replaces: true,
  elites: (ranked, options, size) => ranked.slice(0, Math.ceil(options.elites * size)),
  dying: (mortal) => mortal.toReversed(),
  parent(ranked, options, random) {
    let best: Ranked = pick(ranked, random);
    for (let i = 1; i < options.tournamentSize; i++) {
      const rival = pick(ranked, random);
      if (byFitness(rival, best) < 0) best = rival;
    }
    return best;
  },
};

export default tournament;
