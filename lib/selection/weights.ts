/**
 * Fitness as the weighted sum of named measures.
 *
 * @module
 */

import type { Config } from "../run/config_schema.ts";
import { Misuse } from "../util/issue.ts";
import { nearest } from "../util/nearest.ts";

/** What can be weighed of a result. */
export interface Weighable {
  readonly score: number;
  /** Measures of the world, and metrics of the genome, by name. */
  readonly measures: Readonly<Record<string, number>>;
  readonly metrics: Readonly<Record<string, number>>;
}

/**
 * What gives results their fitness.
 *
 * @param weights By the names of measures.
 * @throws {Misuse} What it gives throws it for a measure that a result lacks.
 */
export function weighing(weights: Config["fitness"]["weights"]): (result: Weighable) => number {
  const all = Object.entries(weights);
  return (result) => all.reduce((sum, [name, weight]) => sum + weight * measure(result, name), 0);
}

function measure(result: Weighable, name: string): number {
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
