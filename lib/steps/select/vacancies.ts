/**
 * Places that a selection has left empty.
 *
 * @module
 */

import type { Candidate } from "../../selection/strategy.ts";

/** Why so many places stay empty, in words; undefined where none do. */
export function vacancyText(empty: number, living: readonly Candidate[]): string | undefined {
  if (empty <= 0) return undefined;
  const places = empty === 1 ? "1 place stays" : `${empty} places stay`;
  const canBeBorn = living.some(({ fitness, fertile }) => fitness !== undefined && fertile);
  return canBeBorn
    ? `${places} empty, as the strategy lets no more be born in this cycle.`
    : `${places} empty, as no agent with a result has an active gene of phase birth.`;
}
