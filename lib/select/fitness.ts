/**
 * Fitness: what selection compares, from the measures of a result.
 *
 * @module
 */

import type { Config } from "../agents/config_schema.ts";
import { nearest } from "../agents/nearest.ts";
import { Misuse } from "../issue.ts";
import { loadPlugin, ofPlugin } from "./plugin.ts";

/** What a fitness function is given of a result. */
export interface Measured {
  readonly id: string;
  /** Mean score over the genome's episodes, at least 0. */
  readonly score: number;
  /** The world's measures, means over the episodes of the last judged cycle. */
  readonly measures: Readonly<Record<string, number>>;
  /** The structural metrics that `scan` found. */
  readonly metrics: Readonly<Record<string, number>>;
}

/** Gives a result its fitness: a finite number, more is better. */
export type Fitness = (result: Measured) => number;

/**
 * The fitness function that a configuration asks for: its module, or the weighted sum of named measures.
 *
 * Needs read permission for `plugins/` where a module is named.
 *
 * @throws {Misuse} If there is no such module. The function throws it for a measure that a result lacks.
 * @throws {StepFailed} If the module can't be loaded. The function throws it if the module throws.
 */
export async function fitnessOf(options: Config["fitness"]): Promise<Fitness> {
  const { module } = options;
  if (module !== undefined) {
    const fitness = await loadPlugin<Fitness>(module, "fitness.module", (value) => typeof value === "function");
    return (result) => ofPlugin(module, () => fitness(result));
  }
  const weights = Object.entries(options.weights);
  return (result) => weights.reduce((sum, [name, weight]) => sum + weight * measure(result, name), 0);
}

function measure(result: Measured, name: string): number {
  if (name === "score") return result.score;
  for (const source of [result.measures, result.metrics]) {
    const value = Object.hasOwn(source, name) ? source[name] : undefined;
    if (typeof value === "number") return value;
  }
  const known = ["score", ...Object.keys(result.measures), ...Object.keys(result.metrics)];
  const near = nearest(name, known);
  throw new Misuse({
    code: "fitness.measure",
    message: `Cannot weigh ${JSON.stringify(name)} as fitness.weights must name measures of a result: ${
      known.join(", ")
    }${near === undefined ? "" : `; the nearest is ${near}`}.`,
    path: "workspace/config.json",
  });
}
