/**
 * One number for the trials of an evaluation.
 *
 * @module
 */

import type { Config } from "../run/config_schema.ts";
import { studentQuantile } from "../statistics/distributions.ts";
import { deviation, mean } from "../statistics/moments.ts";
import { Misuse } from "../util/issue.ts";

/** What of several values stands for them. */
export type Summary = Config["fitness"]["of"];

/** Share of the lower bounds that are below the true mean. */
const confidence = 0.95;

const quantiles = new Map<number, number>();

/** What gives the value that stands for at least one value, for {@linkcode lowerBound} at least two. */
export const summaries: Readonly<Record<Summary, (values: readonly number[]) => number>> = {
  mean,
  median(values) {
    const sorted = values.toSorted((a, b) => a - b);
    const middle = sorted.length >> 1;
    return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
  },
  lowerBound,
};

/**
 * The lower end of Student's one-sided interval of the mean at 95 % (Student 1908): the mean less `t` standard errors,
 * `t` being the 0.95 quantile with one degree of freedom less than there are values.
 *
 * @param values At least two.
 */
export function lowerBound(values: readonly number[]): number {
  const freedom = values.length - 1;
  if (!quantiles.has(freedom)) quantiles.set(freedom, studentQuantile(confidence, freedom));
  return mean(values) - quantiles.get(freedom)! * deviation(values) / Math.sqrt(values.length);
}

/**
 * Makes sure that evaluations are of as many episodes as the fitness is computed from.
 *
 * @throws {Misuse} If they are of one, which has no lower bound.
 */
export function demandTrials({ of, module }: Config["fitness"], episodes: number): void {
  if (module !== undefined || of !== "lowerBound" || episodes > 1) return;
  throw new Misuse({
    code: "fitness.episodes",
    message: "Cannot select by the lower bound as an evaluation must be of at least 2 episodes: it is of 1. Set " +
      '"world.episodes" to more, or "fitness.of" to "mean".',
    path: "workspace/config.json",
  });
}
