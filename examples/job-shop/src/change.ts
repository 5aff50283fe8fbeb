/**
 * What differs between parents and a newborn: it recombines its genome with a mate's, and mutates it. The rates are
 * genes themselves (self-adaptation: Schwefel 1981; Bäck 1992); its own flags are left alone.
 *
 * @module
 */

import type { GeneContext, ParameterRange } from "evolve/contract";

/** The mate's share of genes, expected flips of flags, share of parameters that change, and their step on the range. */
export const parameters = {
  mixing: { min: 0.1, max: 0.5, default: 0.4 },
  flips: { min: 0.1, max: 3, default: 0.7, scale: "log" },
  changes: { min: 0.02, max: 0.5, default: 0.15, scale: "log" },
  step: { min: 0.02, max: 0.5, default: 0.15, scale: "log" },
} as const;

type Change = GeneContext<typeof parameters>;

const OWN = "src/change.ts";

/**
 * Takes genes from the first mate, each with a chance, and with a rule the weights that have its name.
 *
 * @phase birth
 */
export function crossOver(context: Change): void {
  const { genome, mates: [mate], parameters: { mixing } } = context;
  if (mate === undefined) return;
  for (const file of genome.files()) {
    if (file === OWN) continue;
    if (context.random() < mixing) genome.setFile(file, mate.fileActive(file));
    const taken = new Map<string, boolean>();
    for (const name of genome.functions(file)) {
      taken.set(name, context.random() < mixing);
      if (taken.get(name)) genome.setFunction(file, name, mate.functionActive(file, name));
    }
    for (const { name } of genome.parameters(file)) {
      const owner = name.split("[")[0]!;
      if (taken.get(owner) ?? context.random() < mixing) genome.setParameter(file, name, mate.parameter(file, name));
    }
  }
}

/**
 * Flips a few flags of files and functions.
 *
 * @phase birth
 */
export function mutateFlags(context: Change): void {
  const { genome } = context;
  const files = genome.files().filter((file) => file !== OWN);
  let flags = files.length;
  for (const file of files) flags += genome.functions(file).length;
  const chance = context.parameters.flips / flags;
  for (const file of files) {
    if (context.random() < chance) genome.setFile(file, !genome.fileActive(file));
    for (const name of genome.functions(file)) {
      if (context.random() < chance) genome.setFunction(file, name, !genome.functionActive(file, name));
    }
  }
}

/**
 * Changes some parameters, each as its kind asks for.
 *
 * @phase birth
 */
export function mutateParameters(context: Change): void {
  const { genome, parameters: { changes } } = context;
  for (const file of genome.files()) {
    for (const range of genome.parameters(file)) {
      if (context.random() >= changes) continue;
      genome.setParameter(file, range.name, changed(context, genome.parameter(file, range.name), range));
    }
  }
}

/** Another value: of a boolean or a choice any one, of a number one that is near on its scale. */
function changed(context: Change, value: number, { min, max, scale, kind }: ParameterRange): number {
  if (kind === "boolean" || kind === "choice") return min + Math.floor(context.random() * (max - min + 1));
  const share = context.parameters.step * normal(context);
  return scale === "log" ? value * Math.exp(share * Math.log(max / min)) : value + share * (max - min);
}

/** A number from the standard normal distribution (Box and Muller 1958). */
function normal(context: Change): number {
  return Math.sqrt(-2 * Math.log(1 - context.random())) * Math.cos(2 * Math.PI * context.random());
}
