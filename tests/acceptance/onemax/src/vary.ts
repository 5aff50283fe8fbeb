import type { GeneContext } from "evolve/contract";

export const parameters = {
  rate: { min: 0.01, max: 0.5, default: 0.0625, scale: "log" },
};

/**
 * Flips each bit with a small chance.
 *
 * @phase birth
 */
export function flip(context: GeneContext): void {
  for (const name of context.genome.functions("src/bits.ts")) {
    if (context.random() >= context.parameters.rate!) continue;
    context.genome.setFunction("src/bits.ts", name, !context.genome.functionActive("src/bits.ts", name));
  }
}

/**
 * Takes each bit from a mate with even chance (uniform crossover, Syswerda 1989).
 *
 * @phase birth
 */
export function cross(context: GeneContext): void {
  const mate = context.mates[0];
  if (!mate) return;
  for (const name of context.genome.functions("src/bits.ts")) {
    if (context.random() < 0.5) {
      context.genome.setFunction("src/bits.ts", name, mate.functionActive("src/bits.ts", name));
    }
  }
}
