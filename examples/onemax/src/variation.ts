/**
 * Uniform crossover and flips of bits (Syswerda 1989; Mühlenbein 1992).
 *
 * @module
 */

import type { Life } from "evolve/contract";

/** Expected number of bits that are flipped in a birth, and the share of bits that come from the mate. */
export const parameters = {
  flips: { min: 0.1, max: 10, default: 1, scale: "log" },
  mixing: { min: 0, max: 0.5, default: 0.5, scale: "linear" },
} as const;

const BITS = "src/bits.ts";

/**
 * Takes each bit from the mate with a chance.
 *
 * @phase birth
 */
export function crossOver(life: Life): void {
  const mate = life.mates[0];
  if (mate === undefined) return;
  for (const { name } of life.genome.parameters(BITS)) {
    if (life.random() < life.parameters.mixing!) life.genome.setParameter(BITS, name, mate.parameter(BITS, name));
  }
}

/**
 * Flips each bit with the same small chance.
 *
 * @phase birth
 */
export function flip(life: Life): void {
  const bits = life.genome.parameters(BITS);
  for (const { name } of bits) {
    if (life.random() >= life.parameters.flips! / bits.length) continue;
    life.genome.setParameter(BITS, name, life.genome.parameter(BITS, name) >= 0.5 ? 0 : 1);
  }
}
