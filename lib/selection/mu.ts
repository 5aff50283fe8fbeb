/**
 * Evolution strategies: the best are the parents of all the others.
 *
 * @module
 */

import type { Random } from "../runtime/random.ts";
import type { Ranked } from "./order.ts";
import { nextGeneration, unchanged } from "./population.ts";
import { pick } from "./random.ts";
import type { Given, Selected, SelectionOptions } from "./strategy.ts";

/** Parents of a population of this size: as configured, or an eighth. */
export function muOf({ mu }: SelectionOptions, size: number): number {
  return mu ?? Math.max(1, Math.round(size / 8));
}

/**
 * The first `mu` stay, all others die, and children take the other places, whose parents are drawn from the first, each
 * as likely.
 *
 * @param candidates Those that can be parents, best first.
 * @param most Parents that there may be where agents that take no part leave too few places.
 */
export function bestAreParents(given: Given, candidates: readonly Ranked[], most: number): Selected {
  const parents = candidates.slice(0, Math.max(1, Math.min(muOf(given.options, given.size), most)));
  if (parents.length === 0) return unchanged;
  const children = { parents, draw: (random: Random) => pick(parents, random) };
  return nextGeneration(given, parents, children, `It holds none of the ${parents.length} best that can be parents.`);
}
