/**
 * Fronts of what no other dominates, and how crowded it is on them.
 *
 * @module
 */

/** What is compared by several objectives at once. */
export interface Point {
  /** More is better in each; as many in all points that are compared. */
  readonly objectives: readonly number[];
  /** How far it breaks what must hold, 0 if it is feasible. */
  readonly violation: number;
}

/**
 * Points by fronts, the best first: what is feasible before what is not, of that what breaks less (constraint domination:
 * Deb, Pratap, Agarwal and Meyarivan 2002, "A fast and elitist multiobjective genetic algorithm: NSGA-II").
 *
 * Within a front the order is that of the argument.
 */
export function frontsOf<T extends Point>(points: readonly T[]): T[][] {
  const feasible = nondominated(points.filter(({ violation }) => violation === 0));
  const broken = Map.groupBy(points.filter(({ violation }) => violation !== 0), ({ violation }) => violation);
  const levels = [...broken.keys()].sort((a, b) => a - b);
  return [...feasible, ...levels.map((level) => broken.get(level)!)];
}

/**
 * Efficient nondominated sorting (Zhang, Tian, Cheng and Jin 2015, the variant with binary search): in lexicographical
 * order none is dominated by a later one, so each goes to the first front that has none that dominates it.
 */
function nondominated<T extends Point>(points: readonly T[]): T[][] {
  const width = points[0]?.objectives.length ?? 0;
  const order = points.map((_, i) => i).sort((i, j) => lexicographically(points[i]!, points[j]!) || i - j);
  const values = Float64Array.from(order.flatMap((i) => points[i]!.objectives));
  /** Positions in the order. */
  const fronts: number[][] = [];
  for (let at = 0; at < order.length; at++) {
    let low = 0, high = fronts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (isDominated(at, fronts[middle]!, { values, width })) low = middle + 1;
      else high = middle;
    }
    (fronts[low] ??= []).push(at);
  }
  return fronts.map((front) => front.map((at) => order[at]!).sort((i, j) => i - j).map((i) => points[i]!));
}

/** Whether one in a front, all of which come before it in lexicographical order, dominates a point. */
function isDominated(
  at: number,
  front: readonly number[],
  { values, width }: { readonly values: Float64Array; readonly width: number },
): boolean {
  // Of two objectives the last in a front has the most of the second.
  const first = width > 2 ? 0 : front.length - 1;
  for (let i = front.length - 1; i >= first; i--) {
    const other = front[i]! * width, own = at * width;
    let m = 1;
    while (m < width && values[other + m]! >= values[own + m]!) m++;
    if (m === width && !isSame(values, other, own, width)) return true;
  }
  return false;
}

function isSame(values: Float64Array, one: number, other: number, width: number): boolean {
  for (let m = 0; m < width; m++) if (values[one + m] !== values[other + m]) return false;
  return true;
}

function lexicographically({ objectives: a }: Point, { objectives: b }: Point): number {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return b[i]! - a[i]!;
  return 0;
}

/**
 * Crowding distances of the points of one front: for each objective the gap between a point's neighbours, as a share of
 * the front's extent; infinite at its ends (Deb et al. 2002).
 */
export function crowding(front: readonly Point[]): number[] {
  const distances = front.map(() => 0);
  for (let m = 0; m < (front[0]?.objectives.length ?? 0); m++) {
    const value = (i: number) => front[i]!.objectives[m]!;
    const order = front.map((_, i) => i).sort((i, j) => value(i) - value(j));
    const [first, last] = [order[0]!, order[order.length - 1]!];
    const extent = value(last) - value(first);
    distances[first] = distances[last] = Infinity;
    if (extent === 0) continue;
    for (let at = 1; at < order.length - 1; at++) {
      distances[order[at]!]! += (value(order[at + 1]!) - value(order[at - 1]!)) / extent;
    }
  }
  return distances;
}
