/**
 * The order of ranks, and how ties are broken.
 *
 * @module
 */

import type { Random } from "../runtime/random.ts";
import type { Candidate, Given } from "./strategy.ts";

/** A candidate that can be ranked. */
export type Ranked = Candidate & { readonly fitness: number };

/** Those that have a fitness. */
export function rankable(candidates: readonly Candidate[]): Ranked[] {
  return candidates.filter((one): one is Ranked => one.fitness !== undefined);
}

/** What a result is compared by. */
export type Merit = Pick<Ranked, "violation" | "fitness" | "race">;

/**
 * What a race has kept, by its place there; then what is feasible before what is not, of that what breaks less (Deb 2000, "An
 * efficient constraint handling method for genetic algorithms"); then by fitness. Below 0: the first is better; 0: neither is.
 */
export function byMerit(a: Merit, b: Merit): number {
  if (a.race !== undefined && b.race !== undefined) return a.race - b.race;
  if (a.race !== undefined || b.race !== undefined) return a.race !== undefined ? -1 : 1;
  return a.violation - b.violation || b.fitness - a.fitness;
}

/**
 * All, best first; equals in an order that is drawn by lot.
 *
 * @param all In any order: each draws its lot in the order of creation.
 * @param draw Draws the lots: the same numbers give the same places.
 */
export function inOrder<T extends Merit & { readonly ordinal: number }>(all: readonly T[], draw: Random): T[] {
  const drawn = all.toSorted((a, b) => a.ordinal - b.ordinal).map((one) => ({ one, lot: draw() }));
  return drawn.sort((a, b) => byMerit(a.one, b.one) || a.lot - b.lot).map(({ one }) => one);
}

/** Candidates that can be ranked, {@linkcode inOrder}, with the lots of ties. */
export function ranked(candidates: readonly Candidate[], random: Given["random"]): Ranked[] {
  return inOrder(rankable(candidates), random("ties"));
}
