/**
 * The (μ,λ) evolution strategy.
 *
 * @module
 */

import { bestAreParents } from "../mu.ts";
import { fertileOf, resultsOf } from "../population.ts";
import type { Given, Selected, Strategy } from "../strategy.ts";

/**
 * The `mu` best of the children are the next parents, however good theirs were; each of them is as likely to be the
 * parent of each of the λ ≥ μ children, which are as many as the size leaves (Beyer and Schwefel 2002, "Evolution
 * strategies: a comprehensive introduction").
 */
const muCommaLambda: Strategy = {
  brief: "the mu best of the children stay and have the next children, their parents die",
  uses: ["mu", "race", "mates", "sterileParents"],
  leastSize: ({ mu = 1 }) => 2 * mu,
  select(given: Given): Selected {
    const fertile = fertileOf(resultsOf(given));
    const latest = given.living.reduce((latest, { born }) => Math.max(latest, born), 0);
    const children = fertile.filter(({ born }) => born === latest);
    // Where no child can be a parent, their own parents are again: otherwise no agent would ever be born.
    return bestAreParents(given, children.length > 0 ? children : fertile, Math.floor(given.size / 2));
  },
};

export default muCommaLambda;
