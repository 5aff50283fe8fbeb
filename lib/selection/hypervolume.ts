/**
 * The hypervolume of a set of points: how much of the space of objectives they dominate.
 *
 * @module
 */

import { dominates } from "./fronts.ts";

/** More objectives than these are not computed: the time grows exponentially with them. */
export const mostObjectives = 8;

/**
 * The volume of what at least one of the points dominates and the reference does not lack, exactly (While, Bradstreet and
 * Barone 2012, "A fast way of calculating exact hypervolumes").
 *
 * @param points More is better in each objective; what is not better than the reference in all of them adds nothing.
 * @param reference As many objectives, 1 to {@linkcode mostObjectives}.
 * @throws {RangeError} If there are more objectives.
 */
export function hypervolume(points: readonly (readonly number[])[], reference: readonly number[]): number {
  if (reference.length > mostObjectives) {
    throw new RangeError(
      `Cannot compute the hypervolume as there must be at most ${mostObjectives} objectives: there are ${reference.length}.`,
    );
  }
  const gains = points.map((point) => reference.map((bound, i) => point[i]! - bound));
  return volume(front(gains.filter((gain) => gain.every((one) => one > 0))));
}

/** Of points that do not dominate one another, from the origin. */
function volume(points: readonly (readonly number[])[]): number {
  if (points.length === 0) return 0;
  if (points[0]!.length === 1) return Math.max(...points.map(([one]) => one!));
  const sorted = points.toSorted((a, b) => b[0]! - a[0]!);
  if (sorted[0]!.length === 2) return area(sorted);
  return sorted.reduce((sum, point, i) => sum + exclusive(point, sorted.slice(i + 1)), 0);
}

/** Sorted by the first objective, the largest first. */
function area(points: readonly (readonly number[])[]): number {
  let below = 0, sum = 0;
  for (const [x, y] of points) {
    if (y! <= below) continue;
    sum += x! * (y! - below);
    below = y!;
  }
  return sum;
}

/** What a point dominates and none of the others does. */
function exclusive(point: readonly number[], others: readonly (readonly number[])[]): number {
  const limited = others.map((other) => other.map((one, i) => Math.min(one, point[i]!)));
  return point.reduce((product, one) => product * one, 1) - volume(front(limited));
}

/** Those that no other dominates, each once. */
function front(points: readonly (readonly number[])[]): (readonly number[])[] {
  return points.filter((point, i) =>
    !points.some((other, j) => dominates(other, point) || j < i && other.every((one, at) => one === point[at]))
  );
}
