/**
 * What a candidate's trials came to.
 *
 * @module
 */

import { mean } from "../statistics/moments.ts";
import type { Candidate } from "./strategy.ts";

/** Mean of each objective over the trials. */
export function meansOf({ trials }: Candidate): number[] {
  const count = trials[0]?.objectives.length ?? 0;
  return Array.from({ length: count }, (_, i) => mean(trials.map(({ objectives }) => objectives[i] ?? -Infinity)));
}

/** Mean of a measure over the trials; undefined where one lacks it. */
export function meanMeasure({ trials }: Candidate, name: string): number | undefined {
  const values = trials.map(({ measures }) => Object.hasOwn(measures, name) ? measures[name]! : NaN);
  const value = mean(values);
  return Number.isNaN(value) ? undefined : value;
}

/** Whether the trials of two were in the same worlds, so that they can be compared. */
export function areComparable({ trials: a }: Candidate, { trials: b }: Candidate): boolean {
  return a.length === b.length && a.every((one, i) => {
    const other = b[i]!;
    return one.seed === other.seed && one.instance === other.instance && one.environment === other.environment;
  });
}
