/**
 * Dispatching rules: each votes for some of the jobs that wait. The names of the field are in the comments; Panwalkar and
 * Iskander (1977) survey them.
 *
 * @module
 */

import type { GeneContext } from "evolve/contract";

/** A share of what rules weigh: at the begin of a schedule, in its middle, and at its end. */
const PARTS = 3;

/** How jobs are compared, and the weight of each rule. */
export const parameters = {
  by: { kind: "choice", options: ["value", "rank"], default: "value" },
  shortest: { min: 0, max: 1, default: 0.5, length: 3 },
  longest: { min: 0, max: 1, default: 0.5, length: 3 },
  leastWork: { min: 0, max: 1, default: 0.5, length: 3 },
  mostWork: { min: 0, max: 1, default: 0.5, length: 3 },
  fewestOperations: { min: 0, max: 1, default: 0.5, length: 3 },
  mostOperations: { min: 0, max: 1, default: 0.5, length: 3 },
  firstCome: { min: 0, max: 1, default: 0.5, length: 3 },
  earliestStart: { min: 0, max: 1, default: 0.5, length: 3 },
  earliestEnd: { min: 0, max: 1, default: 0.5, length: 3 },
  shortestQueue: { min: 0, max: 1, default: 0.5, length: 3 },
  shortestComing: { min: 0, max: 1, default: 0.5, length: 3 },
  leastSlack: { min: 0, max: 1, default: 0.5, length: 3 },
  smallestShare: { min: 0, max: 1, default: 0.5, length: 3 },
} as const;

interface Shop {
  readonly waiting: readonly number[];
  readonly start: readonly number[];
  readonly duration: readonly number[];
  readonly arrival: readonly number[];
  readonly work: readonly number[];
  readonly operations: readonly number[];
  readonly queue: readonly number[];
  readonly coming: readonly number[];
  readonly done: number;
}

type Rule = GeneContext<typeof parameters, Shop>;

/**
 * The shortest operation (SPT).
 *
 * @phase rank
 */
export function shortest(context: Rule): void {
  prefer(context, context.parameters.shortest, (job) => -context.perception.duration[job]!);
}

/**
 * The longest operation (LPT).
 *
 * @phase rank
 */
export function longest(context: Rule): void {
  prefer(context, context.parameters.longest, (job) => context.perception.duration[job]!);
}

/**
 * The least work left of the job (LWKR).
 *
 * @phase rank
 */
export function leastWork(context: Rule): void {
  prefer(context, context.parameters.leastWork, (job) => -context.perception.work[job]!);
}

/**
 * The most work left of the job (MWKR).
 *
 * @phase rank
 */
export function mostWork(context: Rule): void {
  prefer(context, context.parameters.mostWork, (job) => context.perception.work[job]!);
}

/**
 * The fewest operations left of the job (FOPNR).
 *
 * @phase rank
 */
export function fewestOperations(context: Rule): void {
  prefer(context, context.parameters.fewestOperations, (job) => -context.perception.operations[job]!);
}

/**
 * The most operations left of the job (MOPNR).
 *
 * @phase rank
 */
export function mostOperations(context: Rule): void {
  prefer(context, context.parameters.mostOperations, (job) => context.perception.operations[job]!);
}

/**
 * The job that came to the machine first (FIFO, FCFS).
 *
 * @phase rank
 */
export function firstCome(context: Rule): void {
  prefer(context, context.parameters.firstCome, (job) => -context.perception.arrival[job]!);
}

/**
 * The operation that can begin first (EST).
 *
 * @phase rank
 */
export function earliestStart(context: Rule): void {
  prefer(context, context.parameters.earliestStart, (job) => -context.perception.start[job]!);
}

/**
 * The operation that can end first (ECT).
 *
 * @phase rank
 */
export function earliestEnd(context: Rule): void {
  const { start, duration } = context.perception;
  prefer(context, context.parameters.earliestEnd, (job) => -start[job]! - duration[job]!);
}

/**
 * The least work in the queue where the job goes next (WINQ).
 *
 * @phase rank
 */
export function shortestQueue(context: Rule): void {
  prefer(context, context.parameters.shortestQueue, (job) => -context.perception.queue[job]!);
}

/**
 * The same, with what comes there before the job does (AWINQ, XWINQ).
 *
 * @phase rank
 */
export function shortestComing(context: Rule): void {
  prefer(context, context.parameters.shortestComing, (job) => -context.perception.coming[job]!);
}

/**
 * The least slack, all jobs being due at once: the job that would end last if it never waited (MS, the longest path).
 *
 * @phase rank
 */
export function leastSlack(context: Rule): void {
  const { start, work } = context.perception;
  prefer(context, context.parameters.leastSlack, (job) => start[job]! + work[job]!);
}

/**
 * The operation that is the smallest share of the work left of its job (SPT/WKR).
 *
 * @phase rank
 */
export function smallestShare(context: Rule): void {
  const { duration, work } = context.perception;
  prefer(context, context.parameters.smallestShare, (job) => -duration[job]! / work[job]!);
}

/** Votes for the jobs that wait: the full weight for the one of the highest value, nothing for that of the lowest. */
function prefer(context: Rule, weights: readonly number[], value: (job: number) => number): void {
  const weight = weightAt(weights, context.perception.done);
  const jobs: number[] = [];
  context.perception.waiting.forEach((waits, job) => waits === 1 && jobs.push(job));
  const values = jobs.map(value);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  if (high === low) return;
  jobs.forEach((job, i) => {
    const share = context.parameters.by === "value"
      ? (values[i]! - low) / (high - low)
      : values.filter((other) => other < values[i]!).length / (values.length - 1);
    context.vote(job, weight * share);
  });
}

/** The weight between those of the parts of a schedule. */
function weightAt(weights: readonly number[], done: number): number {
  const at = done * (PARTS - 1);
  const part = Math.min(PARTS - 2, Math.floor(at));
  return weights[part]! + (at - part) * (weights[part + 1]! - weights[part]!);
}
