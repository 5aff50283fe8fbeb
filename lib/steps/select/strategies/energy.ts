/**
 * The energy rule alone: an agent that can't pay for the next cycle dies, one that has much is often a parent.
 *
 * @module
 */

import { pick, type Strategy } from "../strategy.ts";

/** None are compared: an agent stays as long as its account lasts, and is a parent in proportion to it. */
const energy: Strategy = {
  brief: "what runs out of energy dies, parents are drawn in proportion to energy",
  energyRule: true,
  replacesByRank: false,
  elites: () => [],
  removalOrder: () => [],
  parent(ranked, _options, random) {
    const total = ranked.reduce((sum, one) => sum + one.energy, 0);
    if (total <= 0) return pick(ranked, random);
    let at = random() * total;
    for (const one of ranked) {
      at -= one.energy;
      if (at < 0) return one;
    }
    return ranked[ranked.length - 1]!;
  },
};

export default energy;
