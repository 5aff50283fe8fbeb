/**
 * How good what an arm had found was at any time.
 *
 * @module
 */

import type { ComparedRun, CurvePoint } from "../records/compare.ts";
import { meanInterval } from "../statistics/mean_interval.ts";

/** The mean of an arm's runs over the episodes, a value for each of the places. */
export interface ArmCurve {
  readonly arm: string;
  /** Null where a run has nothing yet. */
  readonly mean: readonly (number | null)[];
  readonly low: readonly (number | null)[];
  readonly high: readonly (number | null)[];
}

/** How many places curves have, evenly spread. */
const places = 40;

/** The curves of all arms over the same places: episodes, from 0 to the most that a run has. */
export function curvesOf(runs: readonly ComparedRun[]): { episodes: number[]; arms: ArmCurve[] } {
  const most = runs.reduce((most, run) => Math.max(most, run.curve.at(-1)?.episodes ?? 0), 0);
  const count = Math.min(places, most);
  const episodes = [...new Set(Array.from({ length: count + 1 }, (_, i) => Math.round(i * most / Math.max(1, count))))];
  const arms = [...Map.groupBy(runs, ({ arm }) => arm)].map(([arm, own]) => {
    const intervals = episodes.map((place) => {
      const values = own.map(({ curve }) => valueAt(curve, place)).filter((value) => value !== null);
      return values.length < own.length ? { mean: null, low: null, high: null } : meanInterval(values);
    });
    return {
      arm,
      mean: intervals.map(({ mean }) => mean),
      low: intervals.map(({ low }) => low),
      high: intervals.map(({ high }) => high),
    };
  });
  return { episodes, arms };
}

/** The last value up to a place: what has been found stays so until it is told anew. */
function valueAt(curve: readonly CurvePoint[], place: number): number | null {
  return curve.findLast(({ episodes }) => episodes <= place)?.score ?? null;
}
