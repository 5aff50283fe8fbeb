/**
 * Means with their intervals.
 *
 * @module
 */

import { studentQuantile } from "./distributions.ts";
import { deviation, mean as meanOf } from "./moments.ts";

/** A mean, and the interval in which it lies with the given confidence; null of a single value. */
export interface MeanInterval {
  readonly mean: number;
  readonly low: number | null;
  readonly high: number | null;
}

/**
 * The mean of values with Student's interval (Student 1908, "The probable error of a mean").
 *
 * @param values At least one.
 * @param confidence Share of such intervals that hold the true mean.
 */
export function meanInterval(values: readonly number[], confidence = 0.95): MeanInterval {
  const mean = meanOf(values);
  if (values.length === 1) return { mean, low: null, high: null };
  const half = studentQuantile((1 + confidence) / 2, values.length - 1) * deviation(values) / Math.sqrt(values.length);
  return { mean, low: mean - half, high: mean + half };
}
