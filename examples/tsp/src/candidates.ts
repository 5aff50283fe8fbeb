/**
 * Candidate lists: which cities a search tries to join to a city. The last active gene decides; without one a search
 * tries all of them.
 *
 * @module
 */

import type { GeneContext } from "evolve/contract";

/** How many of the nearest cities, and of how many quarters of the plane around it. */
export const parameters = {
  count: { kind: "integer", min: 4, max: 20, default: 8, scale: "log" },
  each: { kind: "integer", min: 1, max: 4, default: 2 },
} as const;

interface Instance {
  readonly distances: readonly (readonly number[])[];
  readonly x: readonly number[];
  readonly y: readonly number[];
}

type Candidates = GeneContext<typeof parameters, Record<string, never>, Instance>;

/**
 * The nearest cities.
 *
 * @phase prepare
 */
export function nearest(context: Candidates): void {
  const { distances } = context.instance;
  context.emit("near", distances.flatMap((row, city) => byDistance(row, city).slice(0, context.parameters.count)));
}

/**
 * The nearest cities in each quarter of the plane, filled up with the nearest ones: clusters are joined by these.
 *
 * @phase prepare
 */
export function quadrants(context: Candidates): void {
  const { distances, x, y } = context.instance;
  const { each } = context.parameters;
  context.emit(
    "near",
    distances.flatMap((row, city) => {
      const sorted = byDistance(row, city);
      const seen = [0, 0, 0, 0];
      const first = sorted.filter((other) => {
        const quarter = (x[other]! < x[city]! ? 2 : 0) + (y[other]! < y[city]! ? 1 : 0);
        return ++seen[quarter]! <= each;
      });
      return [...first, ...sorted.filter((other) => !first.includes(other))].slice(0, 4 * each);
    }),
  );
}

/** The other cities, the nearest first: the number of a city is sorted as part of one with its distance. */
function byDistance(row: readonly number[], city: number): number[] {
  const cities = row.length;
  const keys = Float64Array.from(row, (distance, other) => distance * cities + other).sort();
  return Array.from(keys, (key) => key % cities).filter((other) => other !== city);
}
