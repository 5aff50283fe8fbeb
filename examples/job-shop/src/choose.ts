/**
 * Which job is next.
 *
 * @module
 */

import type { GeneContext } from "evolve/contract";

/** Which of the jobs with most votes: the first, that of the shortest operation, or that with most work left. */
export const parameters = {
  ties: { kind: "choice", options: ["first", "shortest", "mostWork"], default: "first" },
} as const;

interface Shop {
  readonly waiting: readonly number[];
  readonly start: readonly number[];
  readonly duration: readonly number[];
  readonly work: readonly number[];
}

type Choose = GeneContext<typeof parameters, Shop>;

/**
 * Takes the job with most votes of those that are offered.
 *
 * @phase act
 */
export function choose(context: Choose): number {
  const { waiting, start } = context.perception;
  const latest = context.signal("latest", Infinity);
  let best = -1;
  for (let job = 0; job < waiting.length; job++) {
    if (waiting[job] !== 1 || start[job]! > latest) continue;
    if (best < 0 || isBetter(context, job, best)) best = job;
  }
  return best;
}

function isBetter(context: Choose, job: number, best: number): boolean {
  const more = context.votes(job) - context.votes(best);
  if (more !== 0) return more > 0;
  const { duration, work } = context.perception;
  const { ties } = context.parameters;
  return ties === "shortest" ? duration[job]! < duration[best]! : ties === "mostWork" && work[job]! > work[best]!;
}
