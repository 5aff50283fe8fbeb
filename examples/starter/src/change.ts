/**
 * How children differ from their parents. The orchestrator copies genomes and changes none: without genes of phase
 * `birth` nothing evolves.
 *
 * @module
 */

import type { GeneContext, ParameterRange } from "evolve/contract";

/** The mate's share, the chance of a flag or a number to change, and how far a number moves, as a share of its range. */
export const parameters = {
  mixing: { min: 0, max: 0.5, default: 0.3 },
  chance: { min: 0.02, max: 0.5, default: 0.15, scale: "log" },
  step: { min: 0.01, max: 0.5, default: 0.15, scale: "log" },
} as const;

/** Flags of this file are left alone: without it nothing would change any more. */
const OWN = "src/change.ts";

type Change = GeneContext<typeof parameters>;

/**
 * Takes whole files over from the other parent, so that what works together stays together.
 *
 * @phase birth
 */
export function crossOver(context: Change): void {
  const { genome, mates: [mate] } = context;
  if (mate === undefined) return;
  for (const file of genome.files()) {
    if (file === OWN || context.random() >= context.parameters.mixing) continue;
    genome.setFile(file, mate.fileActive(file));
    for (const name of genome.functions(file)) genome.setFunction(file, name, mate.functionActive(file, name));
    for (const { name } of genome.parameters(file)) genome.setParameter(file, name, mate.parameter(file, name));
  }
}

/**
 * Flips flags and moves numbers. A value that is set is brought into its range, and rounded where it must be.
 *
 * @phase birth
 */
export function mutate(context: Change): void {
  const { genome } = context;
  const changes = () => context.random() < context.parameters.chance;
  for (const file of genome.files()) {
    for (const range of genome.parameters(file)) {
      if (changes()) genome.setParameter(file, range.name, moved(context, genome.parameter(file, range.name), range));
    }
    if (file === OWN) continue;
    if (changes()) genome.setFile(file, !genome.fileActive(file));
    for (const name of genome.functions(file)) {
      if (changes()) genome.setFunction(file, name, !genome.functionActive(file, name));
    }
  }
}

/** A boolean or a choice, which are numbers in a genome, is drawn anew; other numbers move, on their scale. */
function moved(context: Change, value: number, { kind, min, max, scale }: ParameterRange): number {
  if (kind === "boolean" || kind === "choice") return Math.floor(min + context.random() * (max - min + 1));
  const share = context.parameters.step * (2 * context.random() - 1);
  return scale === "log" ? value * Math.pow(max / min, share) : value + share * (max - min);
}
