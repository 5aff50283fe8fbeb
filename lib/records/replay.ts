/**
 * The record of an evaluation that was played and run again.
 *
 * @module
 */

import type { ShownObjective } from "./objective.ts";
import type { RecordOf } from "./record.ts";

/** What holds of a replay. */
export type ReplayResult = "same" | "differs" | "forgotten" | "other runtime";

/** An evaluation that was played and run again. */
export interface AgentReplay extends RecordOf<"agent.replay", string> {
  /** The cycle in which the agent was judged. */
  readonly cycle: number;
  /** The genome that it was judged with. */
  readonly genomeHash: string;
  /** What holds. */
  readonly result: ReplayResult;
  /** Whether the judge comes to what is recorded where it plays again what is kept. */
  readonly judged: ReplayPart;
  /** Whether the agent's own program does the same where it is run again. */
  readonly ran: ReplayPart;
  /** What the judge comes to, by episode; empty where it could not play. */
  readonly episodes: readonly ReplayEpisode[];
  /** The file that it was drawn into; absent where it was not drawn. */
  readonly view?: string;
  /** What the evaluation was run by; null where that is not kept. */
  readonly recordedEngine: Engine | null;
  /** What it was run by now. */
  readonly presentEngine: Engine;
}

/** The best agent's episodes were drawn for the report, or could not be. */
export interface AgentDrawn extends RecordOf<"agent.drawn", string> {
  /** The cycle in which the agent was judged. */
  readonly cycle: number;
  /** The genome that it was judged with. */
  readonly genomeHash: string;
  /** Episodes that are drawn. */
  readonly episodes: number;
  /** Frames of all of them. */
  readonly frames: number;
  /** Length of the file in UTF-16 code units. */
  readonly bytes: number;
}

/** One of the two parts of a replay. */
export interface ReplayPart {
  /** What holds of it. */
  readonly result: "same" | "differs" | "forgotten";
  /** What differs first; absent where nothing does. */
  readonly first?: ReplayDifference;
  /** What was not kept; absent where nothing is missing. */
  readonly reason?: string;
}

/** What differs first. */
export interface ReplayDifference {
  /** What it is: `action`, `invalid`, `drew`, `genome`, `memory`, `mail`, `outcome`, `artifact`, `score`, `violation` or `measures`; or what is not the bytes of its hash: `evidence`, `inbox`, `memory`, `genome`. */
  readonly what: string;
  /** The episode, from 0; absent where it is of none. */
  readonly episode?: number;
  /** The step of the episode, from 0; absent where it is of none. */
  readonly step?: number;
  /** What is recorded. */
  readonly recorded: unknown;
  /** What it is now. */
  readonly now: unknown;
}

/** An episode as the judge plays it. */
export interface ReplayEpisode {
  /** Its number, from 0. */
  readonly episode: number;
  /** The instance; absent in a world without. */
  readonly instance?: number;
  /** Its score, more is better. */
  readonly score: number;
  /** The same as the world means it; absent where it gives scores itself. */
  readonly objective?: ShownObjective;
  /** Measures and objectives by name, as the world means them. */
  readonly measures: Readonly<Record<string, number>>;
  /** How far it breaks what must hold, 0 if nothing does. */
  readonly violation: number;
  /** What the world's `answer` gave; absent where it has none. */
  readonly answer?: unknown;
}

/** What evaluations are run by. */
export interface Engine {
  /** Number of the runtime's semantics: it is raised when the same genomes come to other results. */
  readonly semantics: number;
  /** Version of Deno. */
  readonly deno: string;
  /** Version of V8. */
  readonly v8: string;
}
