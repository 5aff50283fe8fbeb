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
export function crossOver(context: GeneContext<typeof parameters>): void {
  const mate = context.mates[0];
  if (mate === undefined) return;
  const theirs = mate.list(BITS, "bits");
  const bits = context.genome.list(BITS, "bits");
  const { mixing } = context.parameters;
  context.genome.setList(BITS, "bits", bits.map((bit, at) => context.random() < mixing ? theirs[at]! : bit));
}

/**
 * Flips each bit with the same small chance.
 *
 * @phase birth
 */
export function flip(context: GeneContext<typeof parameters>): void {
  const bits = context.genome.list(BITS, "bits");
  const chance = context.parameters.flips / bits.length;
  context.genome.setList(BITS, "bits", bits.map((bit) => context.random() < chance ? 1 - bit : bit));
}
