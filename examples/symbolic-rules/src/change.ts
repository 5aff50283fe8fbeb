/**
 * What differs between parents and a newborn: rules are exchanged as wholes, and a few things are changed. The rates are
 * genes themselves (self-adaptation: Schwefel 1981); the flags of this file are left alone.
 *
 * @module
 */

import type { GeneContext, ParameterRange } from "evolve/contract";

/** The mate's share of rules, expected flips of flags, expected changes of parameters, and their step on the range. */
export const parameters = {
  mixing: { min: 0.1, max: 0.5, default: 0.3 },
  flips: { min: 0.1, max: 3, default: 0.7, scale: "log" },
  changes: { min: 0.5, max: 12, default: 3, scale: "log" },
  step: { min: 0.01, max: 0.5, default: 0.1, scale: "log" },
} as const;

type Change = GeneContext<typeof parameters>;

const OWN = "src/change.ts", RULES = "src/rules.ts", rules = 6;

/**
 * Takes each rule from the first mate with a chance: its switch, its conditions and what it says stay together.
 *
 * @phase birth
 */
export function exchangeRules(context: Change): void {
  const { genome, mates: [mate], parameters: { mixing } } = context;
  if (mate === undefined) return;
  for (let rule = 0; rule < rules; rule++) {
    if (context.random() >= mixing) continue;
    const name = `rule${rule + 1}`;
    genome.setFunction(RULES, name, mate.functionActive(RULES, name));
    for (const { name } of genome.parameters(RULES)) {
      if (name.endsWith(`[${rule}]`)) genome.setParameter(RULES, name, mate.parameter(RULES, name));
    }
  }
}

/**
 * Flips a few flags of functions and files.
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
 * Changes a few parameters, each as its kind asks for.
 *
 * @phase birth
 */
export function mutateParameters(context: Change): void {
  const { genome, parameters: { changes } } = context;
  const loci = genome.files().flatMap((file) => genome.parameters(file).map((range) => ({ file, range })));
  for (const { file, range } of loci) {
    if (context.random() * loci.length >= changes) continue;
    genome.setParameter(file, range.name, changed(context, genome.parameter(file, range.name), range));
  }
}

/** Another value: of a boolean or a choice any one, of a number one that is near on its scale. */
function changed(context: Change, value: number, { min, max, scale, kind }: ParameterRange): number {
  if (kind === "boolean" || kind === "choice") return min + Math.floor(context.random() * (max - min + 1));
  const share = context.parameters.step * normal(context);
  const moved = scale === "log" ? value * Math.exp(share * Math.log(max / min)) : value + share * (max - min);
  return kind === "integer" && Math.round(moved) === value ? value + Math.sign(share) : moved;
}

/** A number from the standard normal distribution (Box and Muller 1958). */
function normal(context: Change): number {
  return Math.sqrt(-2 * Math.log(1 - context.random())) * Math.cos(2 * Math.PI * context.random());
}
