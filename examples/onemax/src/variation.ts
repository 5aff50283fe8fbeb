/**
 * Uniform crossover and flips of bits (Syswerda 1989; Mühlenbein 1992).
 *
 * @module
 */

import type { GeneContext } from "evolve/contract";

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
export function crossOver(context: GeneContext): void {
  const mate = context.mates[0];
  if (mate === undefined) return;
  for (const { name } of context.genome.parameters(BITS)) {
    if (context.random() < context.parameters.mixing!) {
      context.genome.setParameter(BITS, name, mate.parameter(BITS, name));
    }
  }
}

/**
 * Flips each bit with the same small chance.
 *
 * @phase birth
 */
export function flip(context: GeneContext): void {
  const bits = context.genome.parameters(BITS);
  for (const { name } of bits) {
    if (context.random() >= context.parameters.flips! / bits.length) continue;
    context.genome.setParameter(BITS, name, context.genome.parameter(BITS, name) >= 0.5 ? 0 : 1);
  }
}
