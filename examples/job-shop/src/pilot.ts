/**
 * Looks ahead: what each choice would lead to if the rest went by a simple rule (the pilot method: Duin and Voß 1999).
 *
 * @module
 */

import type { GeneContext } from "evolve/contract";

/** How much it weighs, by which rule the rest goes, and up to which share of the schedule it looks ahead. */
export const parameters = {
  weight: { min: 0.1, max: 20, default: 5, scale: "log" },
  rest: { kind: "choice", options: ["smallestShare", "mostWork", "shortest"], default: "smallestShare" },
  until: { min: 0, max: 1, default: 1 },
} as const;

const RULES = Object.freeze(["smallestShare", "mostWork", "shortest"]);

interface Shop {
  readonly waiting: readonly number[];
  readonly start: readonly number[];
  readonly done: number;
}

type Pilot = GeneContext<typeof parameters, Shop>;

/**
 * Votes for the jobs that are offered, the more the shorter the schedule would become. It asks about all of them or none.
 *
 * @phase rank
 */
export function lookAhead(context: Pilot): void {
  const { waiting, start, done } = context.perception;
  const { weight, rest, until } = context.parameters;
  const latest = context.signal("latest", Infinity);
  const jobs: number[] = [];
  waiting.forEach((waits, job) => waits === 1 && start[job]! <= latest && jobs.push(job));
  if (done > until || jobs.length < 2 || jobs.length > context.probesLeft) return;
  const makespans = jobs.map((job) => context.probe([job, RULES.indexOf(rest)])?.value ?? 0);
  const [low, high] = [Math.min(...makespans), Math.max(...makespans)];
  if (high === low) return;
  jobs.forEach((job, i) => context.vote(job, weight * (high - makespans[i]!) / (high - low)));
}
