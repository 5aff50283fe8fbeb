/**
 * Self-modification: a newborn recombines its genome with a mate's and mutates it.
 *
 * The orchestrator copies genomes and changes none. What differs between parent and child is decided
 * here, at rates that are genes themselves (self-adaptation: Schwefel 1981; Bäck 1992). Its own flags are left
 * alone, since a genome that switches them off has no different children.
 *
 * @module
 */

import type { GeneContext, GenomeView, ParameterRange } from "evolve/contract";

/** Expected flips of flags, share of parameters that change, their step as a share of the range, and the mate's share. */
export const parameters = {
  flips: { min: 0.05, max: 4, default: 0.7, scale: "log" },
  changes: { min: 0.02, max: 1, default: 0.2, scale: "log" },
  step: { min: 0.01, max: 0.5, default: 0.12, scale: "log" },
  mixing: { min: 0.25, max: 0.5, default: 0.4, scale: "linear" },
} as const;

const OWN = "src/selfmod.ts";

/**
 * Takes each file's genes from the first mate with a chance: uniform crossover (Syswerda 1989) of whole files, so that
 * what works together in a file stays together.
 *
 * @phase birth
 */
export function crossOver(context: GeneContext<typeof parameters>): void {
  const mate = context.mates[0];
  if (mate === undefined) return;
  for (const file of context.genome.files()) {
    if (file !== OWN && context.random() < context.parameters.mixing) takeFile(context, mate, file);
  }
}

function takeFile(context: GeneContext<typeof parameters>, mate: GenomeView, file: string): void {
  const { genome } = context;
  genome.setFile(file, mate.fileActive(file));
  for (const name of genome.functions(file)) genome.setFunction(file, name, mate.functionActive(file, name));
  for (const { name } of genome.parameters(file)) genome.setParameter(file, name, mate.parameter(file, name));
}

/**
 * Flips flags of files and functions, a few of all that there are.
 *
 * @phase birth
 */
export function mutateFlags(context: GeneContext<typeof parameters>): void {
  const { genome } = context;
  const files = genome.files().filter((file) => file !== OWN);
  let flags = 0;
  for (const file of files) flags += 1 + genome.functions(file).length;
  const chance = context.parameters.flips / flags;
  for (const file of files) {
    if (context.random() < chance) genome.setFile(file, !genome.fileActive(file));
    for (const name of genome.functions(file)) {
      if (context.random() < chance) genome.setFunction(file, name, !genome.functionActive(file, name));
    }
  }
}

/**
 * Moves some parameters by a normal step on their scale, its own rates included; a boolean or a choice becomes another
 * one, an integer moves by at least 1.
 *
 * @phase birth
 */
export function mutateParameters(context: GeneContext<typeof parameters>): void {
  const { changes, step } = context.parameters;
  for (const file of context.genome.files()) {
    for (const range of context.genome.parameters(file)) {
      if (context.random() >= changes) continue;
      const before = context.genome.parameter(file, range.name);
      const isName = range.kind === "boolean" || range.kind === "choice";
      const after = isName ? other(context, before, range) : moved(before, range, step * normal(context));
      context.genome.setParameter(file, range.name, after);
    }
  }
}

/** Another value of a boolean or a choice, each with the same chance. */
function other(context: GeneContext<typeof parameters>, value: number, { min, max }: ParameterRange): number {
  const others = max - min;
  return min + (value - min + 1 + Math.floor(context.random() * others)) % (others + 1);
}

/** A value moved by a share of its range, on its scale. */
function moved(value: number, range: ParameterRange, share: number): number {
  const { min, max, scale, kind } = range;
  const after = scale === "linear" ? value + share * (max - min) : value * Math.exp(share * Math.log(max / min));
  return kind === "integer" && Math.round(after) === value ? value + Math.sign(share) : after;
}

/** A number from the standard normal distribution (Box and Muller 1958). */
function normal(context: GeneContext<typeof parameters>): number {
  return Math.sqrt(-2 * Math.log(1 - context.random())) * Math.cos(2 * Math.PI * context.random());
}
