/**
 * What a fitness is computed from.
 *
 * @module
 */

import type { Trial } from "../../selection/strategy.ts";

/** What a fitness function is given of a result. */
export interface Measured {
  /** The agent's. */
  readonly id: string;
  /** Mean score over the episodes: the first objective, more is better. */
  readonly score: number;
  /** The world's measures and objectives, means over the same episodes. */
  readonly measures: Readonly<Record<string, number>>;
  /** The structural metrics that `scan` found. */
  readonly metrics: Readonly<Record<string, number>>;
  /** These episodes, one by one. */
  readonly trials: readonly Trial[];
}

/** Gives a result its fitness: a finite number, more is better. */
export type Fitness = (result: Measured) => number;
