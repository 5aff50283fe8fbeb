/**
 * Fitness as the weighted sum of named measures.
 *
 * @module
 */

import type { Config } from "../run/config_schema.ts";
import { Misuse } from "../util/issue.ts";
import { nearest } from "../util/nearest.ts";
import type { Trial } from "./strategy.ts";
import { demandTrials, summaries } from "./summary.ts";

/** What can be weighed of a result. */
export interface Weighable {
  readonly score: number;
  /** Episode by episode: read only where the fitness is not of the means. */
  readonly trials: readonly Pick<Trial, "objectives" | "measures">[];
  /** Measures of the world, and metrics of the genome, by name. */
  readonly measures: Readonly<Record<string, number>>;
  readonly metrics: Readonly<Record<string, number>>;
}

type Means = Omit<Weighable, "trials">;

/**
 * What gives results their fitness: the weighted sum of the means, or what else `of` says of the weighted sums of all
 * trials.
 *
 * @throws {Misuse} What it gives throws it for a measure that a result lacks, and for too few trials.
 */
export function weighing(
  { weights, of }: Pick<Config["fitness"], "weights" | "of">,
): (result: Weighable) => number {
  const all = Object.entries(weights);
  const weigh = (means: Means) => all.reduce((sum, [name, weight]) => sum + weight * measure(means, name), 0);
  if (of === "mean") return weigh;
  return (result) => {
    const { trials } = result;
    demandTrials({ weights, of }, trials.length);
    const sums = trials.map(({ objectives: [score], measures }) =>
      weigh({
        score: score!,
        measures,
        get metrics() {
          return result.metrics;
        },
      })
    );
    return summaries[of](sums);
  };
}

function measure(result: Means, name: string): number {
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
