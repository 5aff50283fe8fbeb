/**
 * The race of a cycle: the best results are judged in further worlds, so that the first ranks go to what is good rather than
 * lucky.
 *
 * @module
 */

import { byMerit, inOrder, type Merit } from "./order.ts";
import type { Given } from "./strategy.ts";

/** A result of a cycle. */
export interface Contender extends Merit {
  readonly id: string;
  /** Order of creation. */
  readonly ordinal: number;
}

/** How much episodes came to. */
export interface Part {
  /** Means over so many episodes. */
  readonly score: number;
  readonly violation: number;
  readonly measures: Readonly<Record<string, number>>;
  readonly episodes: number;
}

/** The first so many results; equals by lot. */
export function racing<T extends Contender>(results: readonly T[], first: number, random: Given["random"]): T[] {
  return inOrder(results, random("race entrants")).slice(0, first);
}

/**
 * The places of the best of those that were raced, from 1, by agent; equals have the same place, and if there are more than are
 * kept a lot says which.
 *
 * @param raced Those that came to the end of their race, each with what it came to in the cycle and the race together.
 */
export function racePlaces(
  raced: readonly Contender[],
  keep: number,
  random: Given["random"],
): ReadonlyMap<string, number> {
  const kept = inOrder(raced, random("race places")).slice(0, keep);
  const places = new Map<string, number>();
  let place = 0;
  for (const [i, one] of kept.entries()) {
    if (i === 0 || byMerit(kept[i - 1]!, one) !== 0) place = i + 1;
    places.set(one.id, place);
  }
  return places;
}

/** What the episodes of a cycle and of its race come to together. */
export function together(judged: Part, raced: Part): Part {
  const episodes = judged.episodes + raced.episodes;
  const mean = (a: number, b: number) => (a * judged.episodes + b * raced.episodes) / episodes;
  const measures = Object.fromEntries(
    Object.entries(judged.measures).map(([name, value]) => [name, mean(value, raced.measures[name] ?? NaN)]),
  );
  return {
    score: mean(judged.score, raced.score),
    violation: mean(judged.violation, raced.violation),
    measures,
    episodes,
  };
}
