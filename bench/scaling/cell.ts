/**
 * What is measured of the rate of evaluations by the number of evaluators, and what it comes to.
 *
 * @module
 */

import { cpuSeconds } from "./simulated.ts";

/** How often each is measured: the median counts. */
export const repeats = 3;

/** What was measured of one pair of a time and a number of evaluators. */
export interface Cell {
  /** How long an evaluation takes, in milliseconds. */
  readonly ms: number;
  readonly evaluators: number;
  readonly evaluations: number;
  /** How many of these loop until the CPU limit ends them. */
  readonly looping: number;
  /** From the first batch to the last reply: the median. */
  readonly seconds: number;
  /** The fewest and the most of these seconds. */
  readonly range?: readonly [number, number];
}

/** When, where and of what it was measured. */
export interface Measured {
  /** Time of day at which it ended, ISO 8601. */
  readonly at: string;
  /** In words: processor, cores, kernel, Deno. */
  readonly machine: string;
  /** Load of the machine over the last 15 minutes. */
  readonly load: number | null;
  readonly agents: number;
  readonly cells: readonly Cell[];
}

/** Evaluations a second. */
export function rate({ evaluations, seconds }: Cell): number {
  return evaluations / seconds;
}

/**
 * How many seconds as many evaluators take at least, with nothing to wait for.
 *
 * What loops takes the time of the limit at evaluators of two machines: not before both have told it does it count.
 */
export function idealSeconds({ ms, evaluators, evaluations, looping }: Omit<Cell, "seconds">): number {
  return ((evaluations - looping) * ms + looping * 2 * 1000 * cpuSeconds) / 1000 / evaluators;
}

/** The share of the ideal rate that was reached, from 0 to 1. */
export function ofIdeal(cell: Cell): number {
  return idealSeconds(cell) / cell.seconds;
}
