/**
 * A hundred bits.
 *
 * @module
 */

import type { GeneContext } from "evolve/contract";

/** The bits, in the order in which they are told. */
export const parameters = { bits: { kind: "boolean", length: 100, default: false } } as const;

/**
 * Tells the bit whose turn it is.
 *
 * @phase act
 */
export function tell(context: GeneContext<typeof parameters>): number {
  return context.parameters.bits[context.perception.place!] ? 1 : 0;
}
