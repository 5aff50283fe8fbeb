/**
 * The order of ranks, and how ties are broken.
 *
 * @module
 */

import type { Ranked } from "./strategy.ts";

/** Best first; the elder first among equals. */
export function byFitness(a: Ranked, b: Ranked): number {
  return b.fitness - a.fitness || a.ordinal - b.ordinal;
}
