/**
 * The hypervolume of a set of points: how much of the space of objectives they dominate.
 *
 * @module
 */

import { frontsOf } from "./fronts.ts";

/** More objectives than these are not computed: the time grows exponentially with them. */
export const mostObjectives = 8;

/** Whether the hypervolume of so many points takes seconds at most. */
export function isTractable(points: number, objectives: number): boolean {
  return objectives <= mostObjectives && points ** (objectives - 1) <= 2e8;
}

/**
 * The volume of what at least one of the points dominates and the reference does not lack, exactly (While, Bradstreet and
 * Barone 2012, "A fast way of calculating exact hypervolumes": the sum of what each adds to those after it).
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
  return volume(gains.filter((gain) => gain.every((one) => one > 0)));
}

/** From the origin. */
function volume(points: readonly (readonly number[])[]): number {
  if (points.length === 0) return 0;
  const objectives = points[0]!.length;
  if (objectives === 1) return points.reduce((most, [one]) => Math.max(most, one!), 0);
  if (objectives === 2) return area(points);
  // Of those that follow in this order none is worse in the first objective: what they share with a point reaches as far.
  const sorted = front(points).sort((a, b) => a[0]! - b[0]!);
  return sorted.reduce((sum, [first, ...rest], i) => sum + first! * exclusive(rest, sorted.slice(i + 1)), 0);
}

function area(points: readonly (readonly number[])[]): number {
  let below = 0, sum = 0;
  for (const [x, y] of points.toSorted((a, b) => b[0]! - a[0]!)) {
    if (y! <= below) continue;
    sum += x! * (y! - below);
    below = y!;
  }
  return sum;
}

/** What a point dominates and none of the others does, of whose objectives the first is left out. */
function exclusive(point: readonly number[], others: readonly (readonly number[])[]): number {
  const limited = others.map((other) => point.map((one, i) => Math.min(one, other[i + 1]!)));
  return point.reduce((product, one) => product * one, 1) - volume(limited);
}

/** Those that no other dominates, each once. */
function front(points: readonly (readonly number[])[]): (readonly number[])[] {
  const [first = []] = frontsOf(points.map((objectives) => ({ objectives, violation: 0 })));
  const unique = new Map(first.map(({ objectives }) => [objectives.join(), objectives]));
  return [...unique.values()];
}
