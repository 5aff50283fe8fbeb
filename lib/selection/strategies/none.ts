/**
 * No selection: the control that shows what drift alone does.
 *
 * @module
 */

import { fertileOf, filled, resultsOf } from "../population.ts";
import { pick, shuffled } from "../random.ts";
import type { Candidate, Given, Selected, Strategy } from "../strategy.ts";

/** As many die and are born as under `truncation-tournament`, but which they are has nothing to do with fitness or energy. */
const none: Strategy = {
  brief: "drift: deaths and parents are drawn at random",
  uses: ["replacementFraction", "mates", "sterileParents"],
  byFitness: false,
  energy: "never",
  select(given: Given): Selected {
    const { living, doomed, options, size, random } = given;
    const results = resultsOf(given);
    const fertile = fertileOf(results);
    const wanted = results.length < 2 || fertile.length === 0
      ? 0
      : Math.max(0, Math.round(options.replacementFraction * size) - doomed.length);
    const dying = shuffled(living, random("deaths")).slice(0, wanted);
    const dead = new Set<Candidate>([...dying, ...doomed]);
    const survivors = fertile.filter((one) => !dead.has(one));
    const parents = survivors.length > 0 ? survivors : fertile;
    return {
      deaths: dying.map(({ id }) => ({ id, reason: `It was among the ${dying.length} drawn to die by lot.` })),
      births: filled(given, size - (living.length - dying.length), [], {
        parents,
        draw: (random) => pick(parents, random),
      }),
      archive: [],
    };
  },
};

export default none;
