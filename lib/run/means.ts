/**
 * What the episodes of an evaluation come to together.
 *
 * @module
 */

import type { JudgedEpisode } from "../runtime/contract.ts";

/** Arithmetic mean, summed in order; 0 of nothing. */
export function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Means of measures by name, sorted; an episode without a measure does not count for it. */
export function meansOf(judgements: readonly Pick<JudgedEpisode, "measures">[]): Record<string, number> {
  const names = [...new Set(judgements.flatMap(({ measures }) => Object.keys(measures)))].sort();
  return Object.fromEntries(names.map((name) => {
    const values = judgements.map(({ measures }) => measures[name]).filter((value) => value !== undefined);
    return [name, mean(values)];
  }));
}
