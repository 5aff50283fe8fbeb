/**
 * No selection: the control that shows what drift alone does.
 *
 * @module
 */

import { pick, shuffled, type Strategy } from "../strategy.ts";

/** As many die and are born as under `tournament`, but which they are has nothing to do with fitness or energy. */
const none: Strategy = {
  brief: "drift: deaths and parents are drawn at random",
  energyRule: false,
  replacesByRank: true,
  elites: () => [],
  removalOrder: (candidates, _options, random) => shuffled(candidates, random),
  parent: (ranked, _options, random) => pick(ranked, random),
};

export default none;
