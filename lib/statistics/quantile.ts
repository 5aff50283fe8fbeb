/**
 * Quantiles of values that are weighted by how often they are there.
 *
 * @module
 */

/** A value, and how often it is there. */
export interface Weighted {
  readonly value: number;
  readonly weight: number;
}

/** How many values there are, and their quartiles. */
export interface Spread {
  /** How many. */
  readonly count: number;
  /** The lower quartile. */
  readonly lower: number;
  /** The median. */
  readonly median: number;
  /** The upper quartile. */
  readonly upper: number;
}

/** The quartiles of values, by linear interpolation (Hyndman and Fan 1996, type 7); undefined where there are none. */
export function spreadOf(values: readonly Weighted[]): Spread | undefined {
  const sorted = values.toSorted((a, b) => a.value - b.value);
  const count = sorted.reduce((sum, { weight }) => sum + weight, 0);
  if (count === 0) return undefined;
  const [lower, median, upper] = [0.25, 0.5, 0.75].map((share) => quantile(sorted, share * (count - 1)));
  return { count, lower: lower!, median: median!, upper: upper! };
}

/** The value at a place from 0 on among all, each as often as it is there. */
function quantile(sorted: readonly Weighted[], place: number): number {
  const at = (whole: number) => {
    let passed = 0;
    return sorted.find(({ weight }) => (passed += weight) > whole) ?? sorted.at(-1)!;
  };
  const low = at(Math.floor(place)).value, high = at(Math.ceil(place)).value;
  return low + (high - low) * (place - Math.floor(place));
}
