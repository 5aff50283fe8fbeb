/**
 * How extreme a sum of paired differences is among all those that other signs would give.
 *
 * @module
 */

import { deriveSeed, stream } from "../runtime/random.ts";

/** Pairs of which all signs are enumerated at most: 2 to the 32nd power of them, counted by halves. */
export const mostEnumerated = 32;
/** How many signs are drawn for more pairs. */
const draws = 9999;

/**
 * The share of all signs that give the differences from a center a sum at least as far from 0 as they have: a function of
 * the center, 1 at their mean and falling on both sides of it.
 *
 * Up to 32 pairs it is exact: the sums of subsets of either half are sorted, and pairs of them are counted (after Horowitz and
 * Sahni 1974, "Computing partitions with applications to the knapsack problem"). For more, signs are drawn from a stream whose
 * name is the number of pairs, and the given signs count as one of the draws (Phipson and Smyth 2010, "Permutation p-values
 * should never be zero").
 *
 * @param differences At least one finite number.
 */
export function signFlips(differences: readonly number[]): (center: number) => number {
  return differences.length <= mostEnumerated ? enumerated(differences) : drawn(differences);
}

/** Sums within so much of each other, as a share of what they are made of, are equal. */
const rounding = 1e-12;

function enumerated(differences: readonly number[]): (center: number) => number {
  return (center) => {
    const around = differences.map((value) => value - center);
    const total = sumOf(around);
    const rising = total < 0 ? around.map((value) => -value) : around;
    const middle = Math.ceil(rising.length / 2);
    // Signs that are turned make a sum larger where those values add up to less than 0, and as many give the opposite sum.
    const count = countUpTo(
      sortedSums(rising.slice(0, middle)),
      sortedSums(rising.slice(middle)),
      rounding * sumOf(around.map(Math.abs)),
    );
    return Math.min(1, 2 * count / 2 ** rising.length);
  };
}

/** The sums of all subsets, ascending. */
function sortedSums(values: readonly number[]): Float64Array {
  let sums = Float64Array.of(0);
  for (const value of values) {
    const next = new Float64Array(sums.length * 2);
    for (let i = 0, without = 0, within = 0; i < next.length; i++) {
      const takes = within === sums.length || (without < sums.length && sums[without]! <= sums[within]! + value);
      next[i] = takes ? sums[without++]! : sums[within++]! + value;
    }
    sums = next;
  }
  return sums;
}

/** How many pairs of one from each add up to a bound at most. */
function countUpTo(ones: Float64Array, others: Float64Array, bound: number): number {
  let count = 0, below = others.length;
  for (const one of ones) {
    while (below > 0 && one + others[below - 1]! > bound) below--;
    count += below;
  }
  return count;
}

function drawn(differences: readonly number[]): (center: number) => number {
  const { length } = differences;
  const random = stream(deriveSeed("sign flips", length));
  // Of each draw the sum of the differences, and of the signs: around a center it is the one less that many centers.
  const [sums, signs] = [new Float64Array(draws), new Float64Array(draws)];
  for (let draw = 0; draw < draws; draw++) {
    for (const value of differences) {
      const sign = random() < 0.5 ? -1 : 1;
      sums[draw]! += sign * value;
      signs[draw]! += sign;
    }
  }
  const total = sumOf(differences);
  return (center) => {
    const slack = rounding * differences.reduce((sum, value) => sum + Math.abs(value - center), 0);
    const extreme = Math.abs(total - length * center) - slack;
    let count = 1;
    for (let draw = 0; draw < draws; draw++) if (Math.abs(sums[draw]! - center * signs[draw]!) >= extreme) count++;
    return count / (draws + 1);
  };
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
