import type { GeneContext } from "evolve/contract";

export const parameters = {
  border: { min: 0, max: 1, default: 0.5, scale: "linear" },
} as const;

/** @phase act */
export function tell(context: GeneContext): number {
  return context.perception.length! > context.parameters.border! ? 1 : 0;
}

/** @phase birth */
export function mutate(context: GeneContext): void {
  context.genome.setParameter("src/tell.ts", "border", context.random());
}
