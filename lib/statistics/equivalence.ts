/**
 * Whether a mean is what theory says.
 *
 * @module
 */

import { studentProbability } from "./distributions.ts";
import { meanInterval } from "./mean_interval.ts";
import { deviation } from "./moments.ts";

/** What the mean is held to. */
export interface Expected {
  readonly value: number;
  /** How far from it counts as equal, in its unit; more than 0. */
  readonly margin: number;
}

/** What came of it. */
export interface Equivalence {
  readonly mean: number;
  /** The interval of confidence 1 - 2 alpha: equal is what has all of it within the margin. */
  readonly low: number;
  readonly high: number;
  /** The larger one of both p-values. */
  readonly p: number;
  readonly isEqual: boolean;
}

/**
 * Two one-sided t tests (Schuirmann 1987, "A comparison of the two one-sided tests procedure and the power approach for
 * assessing the equivalence of average bioavailability"): equal is shown, not assumed for want of a difference.
 *
 * @param values At least two.
 * @param alpha Chance of the claim where the mean is outside of the margin.
 */
export function equivalence(values: readonly number[], { value, margin }: Expected, alpha = 0.05): Equivalence {
  const { mean, low, high } = meanInterval(values, 1 - 2 * alpha);
  const off = Math.abs(mean - value);
  const error = deviation(values) / Math.sqrt(values.length);
  const p = error === 0 ? Number(off >= margin) : studentProbability((off - margin) / error, values.length - 1);
  return { mean, low: low!, high: high!, p, isEqual: p < alpha };
}
