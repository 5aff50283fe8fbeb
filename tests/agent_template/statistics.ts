/**
 * The statistics that the template's tests need.
 *
 * @module
 */

import { deriveSeed, stream } from "../../lib/runtime/random.ts";

/** The arithmetic mean; 0 of nothing. */
export function mean(values: readonly number[]): number {
  return sum(values) / Math.max(1, values.length);
}

/** Differences of paired values. */
export function differences(a: readonly number[], b: readonly number[]): number[] {
  return a.map((value, index) => value - b[index]!);
}

/**
 * The paired randomization test: how likely a mean at least as high is if the sign of each difference is a toss of
 * a coin (Fisher 1935, "The Design of Experiments"). All signs are tried for up to 12 differences, else 10,000 draws.
 *
 * @returns The one-sided probability, above 0 and at most 1.
 */
export function pairedTest(values: readonly number[]): number {
  const found = sum(values) - 1e-9;
  if (values.length <= 12) {
    const all = 1 << values.length;
    return count(all, (i) => sum(values.map((value, at) => i >> at & 1 ? value : -value)) >= found) / all;
  }
  const random = stream(deriveSeed("paired test"));
  const draws = 10_000;
  return (1 + count(draws, () => sum(values.map((value) => random() < 0.5 ? value : -value)) >= found)) / (1 + draws);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function count(times: number, holds: (index: number) => boolean): number {
  let found = 0;
  for (let i = 0; i < times; i++) if (holds(i)) found++;
  return found;
}
