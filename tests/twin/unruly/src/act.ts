import type { GeneContext } from "evolve/contract";

export const parameters = {
  eager: { min: 0, max: 1, default: 0.5, scale: "linear" },
  limit: { min: 0, max: 1, default: 0.9, scale: "linear" },
} as const;

/** @phase act */
export function tell(context: GeneContext<typeof parameters>): number {
  return context.random() + context.signal("hurry") < context.parameters.eager ? 1 : 0;
}

/**
 * It throws now and then: an agent is backed off, and disabled at last.
 *
 * @phase sense
 */
export function risk(context: GeneContext<typeof parameters>): void {
  if (context.random() > context.parameters.limit) throw new Error("too much");
}
