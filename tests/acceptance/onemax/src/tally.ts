import type { GeneContext } from "evolve/contract";

/** @phase act */
export function tally(context: GeneContext): number {
  return context.signal("ones");
}
