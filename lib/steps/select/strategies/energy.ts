/**
 * The energy rule alone: who can't pay for the next cycle dies, who has much is often a parent.
 *
 * @module
 */

import { pick, type Strategy } from "../strategy.ts";

/** Nobody is compared: an agent stays as long as its account lasts, and is a parent in proportion to it. */
const energy: Strategy = {
  brief: "who runs out of energy dies, parents are drawn in proportion to energy",
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
