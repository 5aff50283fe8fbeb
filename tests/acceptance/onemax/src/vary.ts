import type { Life } from "evolve/contract";

export const parameters = {
  rate: { min: 0.01, max: 0.5, default: 0.0625, scale: "log" },
};

/**
 * Flips each bit with a small chance.
 *
 * @phase birth
 */
export function flip(life: Life): void {
  for (const name of life.genome.functions("src/bits.ts")) {
    if (life.random() >= life.parameters.rate!) continue;
    life.genome.setFunction("src/bits.ts", name, !life.genome.functionActive("src/bits.ts", name));
  }
}

/**
 * Takes each bit from a mate with even chance (uniform crossover, Syswerda 1989).
 *
 * @phase birth
 */
export function cross(life: Life): void {
  const mate = life.mates[0];
  if (!mate) return;
  for (const name of life.genome.functions("src/bits.ts")) {
    if (life.random() < 0.5) life.genome.setFunction("src/bits.ts", name, mate.functionActive("src/bits.ts", name));
  }
}
