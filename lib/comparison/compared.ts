/**
 * What runs of several arms say of each other. Pure: the same runs give the same figures.
 *
 * @module
 */

import type { Against, ComparedArm, ComparedRun } from "../records/compare.ts";
import { holm } from "../statistics/holm.ts";
import { meanInterval } from "../statistics/mean_interval.ts";
import { deviation, mean } from "../statistics/moments.ts";
import { leastPairs, pairedInterval, pairedTest } from "../statistics/paired.ts";
import { pairsToShow } from "../statistics/sample_size.ts";
import { superiority } from "../statistics/superiority.ts";

/** The level of all claims. */
export const alpha = 0.05;

/** Runs of a group below which nothing is tested where they were not made to be compared. */
export const leastRuns = 5;

/** How arms are compared. */
export interface ComparisonOptions {
  /** The arm that the others are compared with. */
  readonly reference: string;
  /** Difference of scores that is worth seeing, more than 0. @default none: it is not told how many runs would show it */
  readonly margin?: number;
  /** Pairs that it takes for a test; below that there is a difference and no more. @default 1 */
  readonly least?: number;
}

/**
 * The arms in the order in which they come first, each with the reference beside it.
 *
 * The run is the unit, and runs of one seed are a pair. The p-values are adjusted over all arms but the reference; the intervals
 * are not.
 *
 * @param runs At most one of an arm for each seed.
 */
export function compared(
  runs: readonly ComparedRun[],
  { reference, margin, least = 1 }: ComparisonOptions,
): ComparedArm[] {
  const arms = Map.groupBy(runs, ({ arm }) => arm);
  const others = [...arms.keys()].filter((arm) => arm !== reference);
  const pairs = new Map(others.map((arm) => [arm, pairsOf(arms.get(reference) ?? [], arms.get(arm)!)]));
  const tested = others.filter((arm) => pairs.get(arm)!.length >= least);
  const values = tested.map((arm) => pairedTest(differencesOf(pairs.get(arm)!)));
  const adjusted = holm(values);
  return [...arms].map(([arm, own]) => {
    const at = tested.indexOf(arm);
    const p = at < 0 ? null : { p: values[at]!, adjusted: adjusted[at]!, arms: tested.length };
    return { ...armOf(arm, own), against: arm === reference ? null : againstOf(pairs.get(arm)!, p, margin) };
  });
}

/** The fewest seeds that can show anything where so many arms are compared with the reference. */
export function leastSeeds(arms: number): number {
  return leastPairs(alpha / Math.max(1, arms));
}

/** A score of the reference and one of the arm, of the same seed. */
type Pair = readonly [reference: number, arm: number];

function pairsOf(reference: readonly ComparedRun[], arm: readonly ComparedRun[]): Pair[] {
  const scores = new Map(reference.map(({ seed, score }) => [seed, score]));
  return arm.flatMap(({ seed, score }) => {
    const other = scores.get(seed);
    return score === null || other === null || other === undefined ? [] : [[other, score] as const];
  });
}

function differencesOf(pairs: readonly Pair[]): number[] {
  return pairs.map(([reference, arm]) => reference - arm);
}

function armOf(arm: string, runs: readonly ComparedRun[]): Omit<ComparedArm, "against"> {
  const scores = runs.map(({ score }) => score).filter((score) => score !== null);
  const interval = scores.length === 0 ? { mean: null, low: null, high: null } : meanInterval(scores);
  return {
    arm,
    runs: runs.length,
    failed: runs.length - scores.length,
    ...interval,
    episodes: mean(runs.map(({ episodes }) => episodes)),
    gestations: mean(runs.map(({ gestations }) => gestations)),
    lethal: mean(runs.map(({ lethal }) => lethal)),
  };
}

function againstOf(
  pairs: readonly Pair[],
  tested: { readonly p: number; readonly adjusted: number; readonly arms: number } | null,
  margin: number | undefined,
): Against {
  if (tested === null) {
    const difference = pairs.length === 0 ? null : mean(differencesOf(pairs));
    const none = { low: null, high: null, p: null, adjusted: null, superiority: null };
    return { pairs: pairs.length, difference, ...none, shown: null, pairsForMargin: null };
  }
  const differences = differencesOf(pairs);
  const difference = mean(differences);
  const { p, adjusted, arms } = tested;
  return {
    pairs: pairs.length,
    difference,
    ...pairedInterval(differences, alpha),
    p,
    adjusted,
    superiority: superiority(pairs.map(([one]) => one), pairs.map(([, other]) => other)),
    shown: adjusted > alpha ? null : difference > 0 ? "better" : "worse",
    // At the strictest level that Holm may demand.
    pairsForMargin: margin === undefined || pairs.length < 2
      ? null
      : pairsToShow({ deviation: deviation(differences), margin, alpha: alpha / arms }),
  };
}
