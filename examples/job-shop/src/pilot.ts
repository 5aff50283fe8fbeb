/**
 * Looks ahead: what each choice would lead to if the rest went by a simple rule (the pilot method: Duin and Voß 1999).
 *
 * @module
 */

import type { GeneContext } from "evolve/contract";

/** How much each of them weighs, and up to which share of the schedule they look ahead. */
export const parameters = {
  shareAhead: { min: 0.1, max: 20, default: 5, scale: "log" },
  workAhead: { min: 0.1, max: 20, default: 5, scale: "log" },
  operationsAhead: { min: 0.1, max: 20, default: 5, scale: "log" },
  shortestAhead: { min: 0.1, max: 20, default: 5, scale: "log" },
  until: { min: 0, max: 1, default: 1 },
} as const;

interface Shop {
  readonly waiting: readonly number[];
  readonly start: readonly number[];
  readonly done: number;
}

type Pilot = GeneContext<typeof parameters, Shop>;

/**
 * By the operation that is the smallest share of the work left of its job (SPT/WKR).
 *
 * @phase rank
 */
export function shareAhead(context: Pilot): void {
  lookAhead(context, 0, context.parameters.shareAhead);
}

/**
 * By the most work left of the job (MWKR).
 *
 * @phase rank
 */
export function workAhead(context: Pilot): void {
  lookAhead(context, 1, context.parameters.workAhead);
}

/**
 * By the most operations left of the job (MOPNR).
 *
 * @phase rank
 */
export function operationsAhead(context: Pilot): void {
  lookAhead(context, 2, context.parameters.operationsAhead);
}

/**
 * By the shortest operation (SPT).
 *
 * @phase rank
 */
export function shortestAhead(context: Pilot): void {
  lookAhead(context, 3, context.parameters.shortestAhead);
}

/** Votes for the jobs that are offered, the more the shorter the schedule would become. It asks about all of them or none. */
function lookAhead(context: Pilot, rule: number, weight: number): void {
  const { waiting, start, done } = context.perception;
  const latest = context.signal("latest", Infinity);
  const jobs: number[] = [];
  waiting.forEach((waits, job) => waits === 1 && start[job]! <= latest && jobs.push(job));
  if (done > context.parameters.until || jobs.length < 2 || jobs.length > context.probesLeft) return;
  const makespans = jobs.map((job) => context.probe([job, rule])?.value ?? 0);
  const [low, high] = [Math.min(...makespans), Math.max(...makespans)];
  if (high === low) return;
  jobs.forEach((job, i) => context.vote(job, weight * (high - makespans[i]!) / (high - low)));
}
