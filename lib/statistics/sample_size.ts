/**
 * How many runs it takes to see what one looks for.
 *
 * @module
 */

import { normalQuantile } from "./distributions.ts";
import { leastPairs } from "./paired.ts";

/** What is to be seen, and how surely. */
export interface Planned {
  /** Standard deviation of a run, or of the difference of a pair. */
  readonly deviation: number;
  /** Difference that is to be seen, or within which there is to be none; more than 0. */
  readonly margin: number;
  /** Chance of a claim where there is nothing. @default 0.05 */
  readonly alpha?: number;
  /** Chance of the claim where it is true. @default 0.8 */
  readonly power?: number;
}

/**
 * Pairs with which a true difference as large as the margin is shown by a two-sided paired test.
 *
 * The formula of Guenther (1981, "Sample size formulas for normal theory t tests"), for differences that are about normal, of
 * which the permutation test has the power of Student's; and at least as many as can show anything.
 */
export function pairsToShow({ deviation, margin, alpha = 0.05, power = 0.8 }: Planned): number {
  const level = normalQuantile(1 - alpha / 2);
  const pairs = ((level + normalQuantile(power)) * deviation / margin) ** 2 + level ** 2 / 2;
  return Math.max(leastPairs(alpha), Math.ceil(pairs));
}

/**
 * Runs with which two one-sided tests show a mean that is as expected to be within the margin.
 *
 * The normal approximation of Chow, Shao and Wang (2008, "Sample Size Calculations in Clinical Research", 3.1.3) with
 * Guenther's term for Student's t.
 */
export function runsToShowEqual({ deviation, margin, alpha = 0.05, power = 0.8 }: Planned): number {
  const level = normalQuantile(1 - alpha);
  const runs = ((level + normalQuantile((1 + power) / 2)) * deviation / margin) ** 2 + level ** 2 / 2;
  return Math.max(2, Math.ceil(runs));
}
