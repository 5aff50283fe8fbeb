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
      const seen = [0, 0, 0, 0], first: number[] = [], others: number[] = [];
      for (const other of byDistance(row, city)) {
        const quarter = (x[other]! < x[city]! ? 2 : 0) + (y[other]! < y[city]! ? 1 : 0);
        (++seen[quarter]! <= each ? first : others).push(other);
      }
      return [...first, ...others].slice(0, 4 * each);
    }),
  );
}

/** The other cities, the nearest first: the number of a city is sorted as part of one with its distance. */
function byDistance(row: readonly number[], city: number): number[] {
  const cities = row.length;
  // Loops take half as long here as calls for each city: this is most of what short searches cost.
  const keys = new Float64Array(cities);
  for (let other = 0; other < cities; other++) keys[other] = row[other]! * cities + other;
  keys.sort();
  const sorted: number[] = [];
  for (let place = 0; place < cities; place++) {
    const other = keys[place]! % cities;
    if (other !== city) sorted.push(other);
  }
  return sorted;
}
