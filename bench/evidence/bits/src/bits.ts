/**
 * A hundred bits.
 *
 * @module
 */

import type { GeneContext } from "evolve/contract";

/** The bits. */
export const parameters = { bits: { kind: "boolean", length: 100, default: false } } as const;

/**
 * Tells the bits.
 *
 * @phase act
 */
export function tell(context: GeneContext<typeof parameters>): readonly number[] {
  return context.parameters.bits.map((bit) => bit ? 1 : 0);
}
