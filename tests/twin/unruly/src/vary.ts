import type { GeneContext } from "evolve/contract";

/** @phase birth */
export function mix(context: GeneContext): void {
  const mate = context.mates[0];
  if (mate && context.random() < 0.5) {
    context.genome.setParameter("src/act.ts", "eager", mate.parameter("src/act.ts", "eager"));
  }
  if (context.random() < 0.3) context.genome.setFunction("src/act.ts", "risk", context.random() < 0.5);
}

/**
 * Some births fail.
 *
 * @phase birth
 */
export function stumble(context: GeneContext): void {
  if (context.random() < 0.35) throw new TypeError("stillborn");
}

/**
 * Some genotypes are lethal: `lean` calls `stand`.
 *
 * @phase birth
 */
export function lose(context: GeneContext): void {
  if (context.random() < 0.7) return;
  context.genome.setFile("src/walk.ts", true);
  context.genome.setFunction("src/walk.ts", "lean", true);
  context.genome.setFunction("src/walk.ts", "stand", false);
}
