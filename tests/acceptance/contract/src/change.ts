import type { GeneContext } from "evolve/contract";

/**
 * Moves parameters and flips flags of newborns.
 *
 * @phase birth
 */
export function mutate(context: GeneContext): void {
  const { genome } = context;
  for (const { name, min, max } of genome.parameters("src/aim.ts")) {
    genome.setParameter("src/aim.ts", name, min + context.random() * (max - min));
  }
  for (const name of genome.functions("src/aim.ts")) {
    if (context.random() < 0.3) genome.setFunction("src/aim.ts", name, !genome.functionActive("src/aim.ts", name));
  }
}
