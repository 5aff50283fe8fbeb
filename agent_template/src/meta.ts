/**
 * Meta-learning: an agent that watches how its genomes do.
 *
 * An adult tries changes of its own and goes back to its best genome where they do not pay: a (1+1) evolution
 * strategy within one life (Rechenberg 1973), beside the evolution of the population.
 *
 * @module
 */

import type { GeneContext, ParameterRange } from "evolve/contract";

/**
 * Cycles before a trial, how many standard deviations of its scores worse is too bad, size and share of the changes, and
 * how far rates are adapted.
 */
export const parameters = {
  patience: { min: 1, max: 8, default: 2, scale: "linear" },
  tolerance: { min: 0, max: 2, default: 0.5, scale: "linear" },
  boldness: { min: 0.01, max: 0.5, default: 0.2, scale: "log" },
  breadth: { min: 0.1, max: 1, default: 0.6, scale: "log" },
  wariness: { min: 0, max: 0.5, default: 0.15, scale: "linear" },
} as const;

const SELFMOD = "src/selfmod.ts";
/** Files that a trial leaves alone: how the agent changes is not what its score can tell. */
const KEPT = Object.freeze(["src/meta.ts", "src/selfmod.ts"]);

function mean(numbers: readonly number[]): number {
  let sum = 0;
  for (const number of numbers) sum += number;
  return numbers.length === 0 ? 0 : sum / numbers.length;
}

/** The standard deviation of the population. */
function deviation(numbers: readonly number[]): number {
  const middle = mean(numbers);
  return Math.sqrt(mean(numbers.map((number) => (number - middle) * (number - middle))));
}

/**
 * Goes back to the best genome that it has had, where the present one is clearly worse; gives the signal `wentBack`.
 *
 * @phase end
 */
export function goBack(context: GeneContext): void {
  const { scores, present, best, bestScore } = context.past;
  if (best === undefined || present.length === 0) return;
  if (mean(present) >= bestScore - context.parameters.tolerance! * deviation(scores)) return;
  context.genome.copy(best);
  context.emit("wentBack", 1);
}

/**
 * Tries a change of one file's parameters, where the present genome has been judged for long enough; gives the signal
 * `tried`.
 *
 * @phase end
 */
export function tryChange(context: GeneContext): void {
  const { genome, past } = context;
  const { patience, boldness, breadth } = context.parameters;
  if (context.signal("wentBack") > 0 || past.present.length < Math.round(patience!)) return;
  const files = genome.files().filter((file) => genome.fileActive(file) && !KEPT.includes(file));
  const file = files[Math.floor(context.random() * files.length)];
  if (file === undefined) return;
  for (const range of genome.parameters(file)) {
    if (context.random() >= breadth!) continue;
    const share = boldness! * (2 * context.random() - 1);
    genome.setParameter(file, range.name, moved(genome.parameter(file, range.name), range, share));
    context.emit("tried", 1);
  }
}

/** A value moved by a share of its range, on its scale. */
function moved(value: number, { min, max, scale }: ParameterRange, share: number): number {
  if (scale === "linear") return value + share * (max - min);
  return value * Math.exp(share * Math.log(max / min));
}

/**
 * Adapts how strongly children are mutated: less after a change that did not pay, more where the present genome held
 * its own (the one-fifth rule: Rechenberg 1973).
 *
 * @phase end
 */
export function tuneRates(context: GeneContext): void {
  const { genome } = context;
  const { wariness } = context.parameters;
  const factor = context.signal("wentBack") > 0 ? 1 - wariness! : context.signal("tried") > 0 ? 1 + wariness! / 4 : 1;
  if (factor === 1 || !genome.files().includes(SELFMOD)) return;
  for (const { name } of genome.parameters(SELFMOD)) {
    if (name === "step") genome.setParameter(SELFMOD, name, genome.parameter(SELFMOD, name) * factor);
  }
}
