/**
 * The (μ+λ) evolution strategy.
 *
 * @module
 */

import { bestAreParents } from "../mu.ts";
import { fertileOf, resultsOf } from "../population.ts";
import type { Given, Selected, Strategy } from "../strategy.ts";

/**
 * The `mu` best of parents and children are the next parents, and nothing else stays; each of them is as likely to be
 * the parent of each of the λ children, which are as many as the size leaves (Beyer and Schwefel 2002, "Evolution
 * strategies: a comprehensive introduction").
 */
const muPlusLambda: Strategy = {
  brief: "the mu best of parents and children stay and have the next children",
  uses: ["mu", "race", "mates", "sterileParents"],
  leastSize: ({ mu = 1 }) => mu + 1,
  select: (given: Given): Selected => bestAreParents(given, fertileOf(resultsOf(given)), given.size - 1),
};

export default muPlusLambda;
