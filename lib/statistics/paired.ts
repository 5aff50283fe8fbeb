/**
 * Paired comparisons: the permutation test of the mean difference, and the interval that belongs to it.
 *
 * @module
 */

import { mean } from "./moments.ts";
import { signFlips } from "./sign_flips.ts";

/**
 * The two-sided p-value of the paired permutation test of the mean difference (Fisher 1935, "The Design of Experiments", 21).
 *
 * It rests on the pairs alone: that either of two could as well have been the other. Exact up to 32 pairs, see
 * {@linkcode signFlips}.
 *
 * @param differences One of each pair, at least one.
 */
export function pairedTest(differences: readonly number[]): number {
  return signFlips(differences)(0);
}

/** Bounds of an interval; null where it has none on that side. */
export interface Interval {
  readonly low: number | null;
  readonly high: number | null;
}

/**
 * The mean differences that the paired permutation test does not reject (Hartigan 1969, "Using subsample values as typical
 * values"): within the bounds, and there, the p-value is more than `alpha`.
 *
 * Fewer pairs than can show anything at this level, 6 at 0.05, give no bounds.
 *
 * @param differences One of each pair, at least one.
 */
export function pairedInterval(differences: readonly number[], alpha = 0.05): Interval {
  const share = signFlips(differences);
  if (leastShare(differences.length) > alpha) return { low: null, high: null };
  const center = mean(differences);
  const accepts = (value: number) => share(value) > alpha;
  return {
    low: lastAccepted(accepts, center, Math.min(...differences)),
    high: lastAccepted(accepts, center, Math.max(...differences)),
  };
}

/** The fewest pairs that can show a difference at this level. */
export function leastPairs(alpha: number): number {
  return Math.ceil(1 + Math.log2(1 / alpha));
}

/** The least p-value that so many pairs can have: all differences have one sign. */
function leastShare(pairs: number): number {
  return 2 / 2 ** pairs;
}

/** The value next to a bound that is accepted still, as near as numbers are; beyond the bound none is. */
function lastAccepted(accepts: (value: number) => boolean, inside: number, bound: number): number {
  if (accepts(bound)) return bound;
  let accepted = inside, refused = bound;
  for (;;) {
    const middle = (accepted + refused) / 2;
    const isBetween = Math.min(accepted, refused) < middle && middle < Math.max(accepted, refused);
    if (!isBetween || Math.abs(accepted - refused) <= 1e-12 * Math.abs(bound - inside)) return accepted;
    if (accepts(middle)) accepted = middle;
    else refused = middle;
  }
}
