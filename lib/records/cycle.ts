/**
 * The record of a finished cycle.
 *
 * @module
 */

import type { Cause } from "./cause.ts";
import type { ObjectiveScores } from "./objective.ts";
import type { Evidence } from "../runtime/contract.ts";

/** The record of a finished cycle. */
export interface CycleStatistics {
  /** Its number. */
  readonly cycle: number;
  /** Active agents after selection, the newborn included. */
  readonly alive: number;
  /** Agents that were born. */
  readonly born: number;
  /** Agents that died. */
  readonly died: number;
  /** Agents that were disabled during the cycle. */
  readonly disabled: number;
  /** Agents that changed their genome since the last cycle closed: in gestation, or in phase `end`. */
  readonly changed: number;
  /** Of the ranked results, more is better; null where there are none. */
  readonly score: {
    readonly best: number | null;
    readonly median: number | null;
    readonly mean: number | null;
    readonly ranked: number;
    /** How far the best breaks what must hold; absent where it is feasible. */
    readonly violation?: number;
  };
  /** The same as values of the world's first objective, as the world means them; absent where it gives scores itself. */
  readonly objective?: ObjectiveScores;
  /** Evaluations of the cycle. */
  readonly evaluated: number;
  /** How many of them failed, by what that was due to: only `agent` counts against an agent. */
  readonly failed: Readonly<Partial<Record<Cause, number>>>;
  /** What came of the race of the cycle; absent where there was none. */
  readonly race?: CycleRace;
  /** Actions over which the world failed, of the first few: they reproduce the failure. */
  readonly worldFailures?: readonly WorldFailure[];
  /** Episodes that a limit of the machine ended: what they led to can't be reproduced. */
  readonly limited: number;
}

/** What came of the race of a cycle. */
export interface CycleRace {
  /** Agents that were raced, each in one evaluation. */
  readonly evaluated: number;
  /** How many of these failed: they have no place. */
  readonly failed: number;
  /** The best of the others by the episodes of the cycle and of the race together, which ranked first. */
  readonly kept: readonly RacedAgent[];
}

/** An agent that a race has kept. */
export interface RacedAgent {
  /** The agent. */
  readonly id: string;
  /** From 1; equals have the same. */
  readonly place: number;
  /** Mean over the episodes of the race alone, of the score or of the world's first objective. */
  readonly score: number;
}

/** A failure of the world. */
export interface WorldFailure {
  /** The agent that was evaluated. */
  readonly id: string;
  /** What the world said. */
  readonly message: string;
  /** SHA-256 of the actions, as the listing keeps them. */
  readonly evidenceHash: string;
  /** The actions of each episode; absent where they are very many. */
  readonly actions?: readonly Evidence[];
}
