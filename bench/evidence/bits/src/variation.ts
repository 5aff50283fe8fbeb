/**
 * Standard bit mutation.
 *
 * @module
 */

import type { GeneContext } from "evolve/contract";

/** How many bits there are that mean anything. */
export const parameters = { length: { kind: "integer", min: 2, max: 100, default: 100 } } as const;

const BITS = "src/bits.ts";

/**
 * Flips each bit with the chance of one in their number (Mühlenbein 1992).
 *
 * @phase birth
 */
export function flip(context: GeneContext<typeof parameters>): void {
  const { length } = context.parameters;
  const bits = context.genome.list(BITS, "bits");
  context.genome.setList(
    BITS,
    "bits",
    bits.map((bit, at) => at < length && context.random() * length < 1 ? 1 - bit : bit),
  );
}
