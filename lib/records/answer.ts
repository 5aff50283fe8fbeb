/**
 * The record of what an agent has found.
 *
 * @module
 */

import type { ShownObjective } from "./objective.ts";
import type { RecordOf } from "./record.ts";

/** What was found in an episode. */
export interface AnswerRecord extends RecordOf<"agent.answer", string> {
  /** The cycle in which the agent was judged. */
  readonly cycle: number;
  /** Number of the episode in that cycle, from 0. */
  readonly episode: number;
  /** The instance; absent in a world without. */
  readonly instance?: number;
  /** The score of the episode, more is better. */
  readonly score: number;
  /** The same as the world means it; absent where it gives scores itself. */
  readonly objective?: ShownObjective;
  /** Measures and objectives of the episode by name, as the world means them. */
  readonly measures: Readonly<Record<string, number>>;
  /** How far it breaks what must hold, 0 if nothing does. */
  readonly violation: number;
  /** What the world's `answer` gave: plain JSON. */
  readonly answer: unknown;
}
