/**
 * The order of ranks, and how ties are broken.
 *
 * @module
 */

import type { Ranked } from "./strategy.ts";

/**
 * Best first: what is feasible before what is not, of that what breaks less (Deb 2000, "An efficient constraint handling
 * method for genetic algorithms"); then by fitness; the elder first among equals.
 */
export function byFitness(a: Ranked, b: Ranked): number {
  return a.violation - b.violation || b.fitness - a.fitness || a.ordinal - b.ordinal;
}
