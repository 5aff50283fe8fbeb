/**
 * Records of an evaluation that belongs to no run.
 *
 * @module
 */

import type { ShownObjective } from "./objective.ts";
import type { RecordOf } from "./record.ts";

/** Whether the types of a template are in order. */
export type TryTypes = RecordOf<"try.types", null>;

/** An episode. */
export interface TryEpisode extends RecordOf<"try.episode", null> {
  /** Number of the episode, from 0. */
  readonly episode: number;
  /** The instance; absent in a world without. */
  readonly instance?: number;
  /** Its score, more is better. */
  readonly score: number;
  /** The same as the world means it; absent where it gives scores itself. */
  readonly objective?: ShownObjective;
  /** Measures and objectives of the episode by name, as the world means them. */
  readonly measures: Readonly<Record<string, number>>;
  /** How far it breaks what must hold, 0 if nothing does. */
  readonly violation: number;
  /** What the world's `answer` gave; absent where it has none, and with `--test`. */
  readonly answer?: unknown;
}

/** An evaluation; not `ok` is one that failed. */
export interface TryEvaluated extends RecordOf<"try.evaluated", null> {
  /** Folder of the template. */
  readonly template: string;
  /** Which genome: `all`, `none`, an id, or a file. */
  readonly genome: string;
  /** SHA-256 of the genome. */
  readonly genomeHash: string;
  /** How many genes are active in it. */
  readonly genes: number;
  /** The environment; null where the world has none. */
  readonly environment: string | null;
  /** Root of all random numbers. */
  readonly seed: string;
  /** How many episodes there were to play. */
  readonly episodes: number;
  /** Means of the world's objectives, the first one first; of a world without objectives that of `score`. Empty where it failed. */
  readonly objectives: readonly TriedObjective[];
  /** Mean over the episodes: how far it breaks what must hold, 0 if nothing does. */
  readonly violation: number;
  /** Means of the world's measures by name. */
  readonly measures: Readonly<Record<string, number>>;
  /** Actions that were missing or out of their space. */
  readonly invalid: number;
  /** Whether a gene drew a random number in an episode though the world is not noisy. */
  readonly drew: boolean;
  /** Whether the world has probes, and changed and drew nothing over those that were looked at; null where it has none. */
  readonly probes: boolean | null;
  /** Milliseconds by part: reading and audit, types, bundling, running, judging; some of them at the same time. */
  readonly ms: Readonly<Record<string, number>>;
}

/** An objective over several episodes. */
export interface TriedObjective {
  /** Its name. */
  readonly name: string;
  /** Whether less or more is better. */
  readonly sense: "minimise" | "maximise";
  /** Mean over the episodes, as the world means it. */
  readonly mean: number;
  /** Lower end of the interval in which the mean lies with a confidence of 95 %; null of a single episode. */
  readonly low: number | null;
  /** Its upper end. */
  readonly high: number | null;
}
