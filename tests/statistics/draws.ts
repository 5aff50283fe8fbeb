/**
 * Random values for simulations.
 *
 * @module
 */

import type { Random } from "../../lib/runtime/random.ts";

/** A standard normal value (Box and Muller 1958). */
export function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** So many of them, from a mean on. */
export function normals(count: number, random: Random, mean = 0): number[] {
  return Array.from({ length: count }, () => mean + normal(random));
}
