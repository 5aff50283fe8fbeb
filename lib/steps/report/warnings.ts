/**
 * What a reader of a report must not pass over.
 *
 * @module
 */

import { type Cause, causeOfEnd, causes } from "../../records/cause.ts";
import type { CycleReport } from "../../records/report_cycle.ts";
import { show } from "../../tables/show.ts";

/** Share of failed evaluations from which on it is said; that of effective genomes, and the mean distance, below which. */
const [many, few, near] = [0.1, 0.05, 0.01];

/** Agents below which a population is too small to be called converged. */
const least = 10;

/** Sentences: that much fails, and that the population has converged; none where all is well. */
export function warningsOf(cycles: readonly CycleReport[]): string[] {
  const last = cycles.findLast(({ state, judged }) => state === "closed" && judged > 0);
  return last ? [...failed(last), ...converged(last)] : [];
}

function failed({ cycle, outcomes }: CycleReport): string[] {
  const ends = Object.entries(outcomes).map(([outcome, count]) => ({ count, cause: causeOfEnd(outcome), outcome }));
  const all = ends.reduce((sum, { count }) => sum + count, 0);
  const bad = ends.filter(({ outcome }) => outcome !== "finished");
  const count = bad.reduce((sum, one) => sum + one.count, 0);
  if (count < many * all) return [];
  const by = (cause: Cause) => bad.reduce((sum, one) => sum + (one.cause === cause ? one.count : 0), 0);
  const parts = causes.filter((cause) => by(cause) > 0).map((cause) => `${by(cause)} by the ${cause}`);
  return [`${count} of ${all} evaluations of cycle ${cycle} failed: ${parts.join(", ")}.`];
}

function converged({ cycle, counted, diversity }: CycleReport): string[] {
  if (!diversity || counted < least) return [];
  const { effective, distance } = diversity;
  if (effective >= Math.max(2, few * counted) && distance >= near) return [];
  return [
    `The population has converged: the ${counted} genomes of cycle ${cycle} are as diverse as ${
      show(effective, "number")
    } equally frequent ones, at a mean distance of ${
      show(distance, "share")
    }. Selection has little left to choose from.`,
  ];
}
