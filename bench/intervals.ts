/**
 * Means with intervals.
 *
 * @module
 */

import type { Estimate } from "../lib/records/bench.ts";
import { deriveSeed, stream } from "../lib/runtime/random.ts";

const resamples = 4000;

/**
 * The mean of some values with its percentile bootstrap interval (Efron 1979, "Bootstrap methods").
 *
 * @param values At least one.
 * @param name Names the random stream of the resampling, so that the interval is the same each time.
 */
export function estimate(values: readonly number[], name: string): Estimate {
  const random = stream(deriveSeed("bootstrap", name));
  const means = Array.from({ length: resamples }, () => {
    let sum = 0;
    for (let i = 0; i < values.length; i++) sum += values[Math.floor(random() * values.length)]!;
    return sum / values.length;
  }).sort((a, b) => a - b);
  return {
    mean: meanOf(values),
    low: means[Math.floor(resamples * 0.025)]!,
    high: means[Math.ceil(resamples * 0.975) - 1]!,
  };
}

/** The arithmetic mean of at least one value. */
export function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
