/**
 * What all genes of one episode share.
 *
 * @module
 */

import type { GenomeView, Past } from "./contract.ts";
import type { Memory } from "./memory.ts";
import type { Self } from "./self.ts";

/** The present of an episode; the runtime changes it, genes see it through their contexts. */
export class Moment {
  step = 0;
  lastAction = -1;
  reward = 0;
  total = 0;
  perception: Readonly<Record<string, number>> = nothing;
  mates: readonly GenomeView[] = none;
  past: Past = unknownPast;
  readonly signals = new Map<string, number>();
  readonly votes: number[];

  /**
   * @param self The agent.
   * @param memory What it remembers.
   * @param episode Number of the episode, from 0.
   * @param steps Steps that the episode may last.
   * @param actions Number of actions that the world knows.
   */
  constructor(
    readonly self: Self,
    readonly memory: Memory,
    readonly episode: number,
    readonly steps: number,
    actions: number,
  ) {
    this.votes = new Array(actions).fill(0);
  }
}

const nothing = Object.freeze({});
const none: readonly never[] = Object.freeze([]);

/** The past as it is told outside the phases `birth` and `end`. */
export const unknownPast: Past = Object.freeze({ scores: none, present: none, bestScore: -1, best: undefined });
