/**
 * Scores as a world's author means them.
 *
 * @module
 */

import type { Objective } from "../runtime/contract.ts";

/**
 * The value of the first objective that a score stands for: of scores more is better, so that of a minimised objective has
 * its sign turned.
 *
 * @param objective The first one that the world declares; absent: it gives scores itself.
 */
export function objectiveValue(score: number, objective: Objective | undefined): number {
  return objective?.sense === "minimise" ? -score + 0 : score;
}
