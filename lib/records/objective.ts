/**
 * Scores as a world's author means them.
 *
 * @module
 */

import type { Objective } from "../runtime/contract.ts";

/** An objective with a value. */
export interface ShownObjective {
  /** Its name. */
  readonly name: string;
  /** Whether less or more is better. */
  readonly sense: "minimise" | "maximise";
  /** Its mean; null where there is none. */
  readonly value: number | null;
}

/**
 * The value of the first objective that a score stands for: of scores more is better, so that of a minimised objective has
 * its sign turned.
 *
 * @param score Null where there is none, which has no value.
 * @param objective The first one that the world declares; absent: it gives scores itself.
 */
export function objectiveValue(score: number, objective: Objective | undefined): number;
/** The same, of a score that may be missing. */
export function objectiveValue(score: number | null, objective: Objective | undefined): number | null;
export function objectiveValue(score: number | null, objective: Objective | undefined): number | null {
  return score !== null && objective?.sense === "minimise" ? -score + 0 : score;
}

/** What a record has beside a score: `objective`, as the world means it; nothing where the world gives scores itself. */
export function besideScore(
  score: number | null,
  objective: Objective | undefined,
): { readonly objective?: ShownObjective } {
  return objective ? { objective: { ...objective, value: objectiveValue(score, objective) } } : {};
}

/** Best, median and mean as values of an objective. */
export interface ObjectiveScores extends Objective {
  /** The best. */
  readonly best: number | null;
  /** The median. */
  readonly median: number | null;
  /** The mean. */
  readonly mean: number | null;
}

/** Best, median and mean score as the world means them. */
export function objectiveScores(
  score: Readonly<Record<"best" | "median" | "mean", number | null>>,
  objective: Objective,
): ObjectiveScores {
  const value = (score: number | null) => objectiveValue(score, objective);
  return { ...objective, best: value(score.best), median: value(score.median), mean: value(score.mean) };
}

/** What a score is called where people read it: by the objective's name, if it has one. */
export function scoreName(objective: Objective | undefined): string {
  return objective?.name ?? "score";
}
