/**
 * What a supervisor and its carrier say to each other: a line of JSON each.
 *
 * @module
 */

import type { Issue } from "../util/issue.ts";
import type { EvaluatorPresence } from "./presence.ts";

/** The first line to a carrier. */
export interface CarrierSettings {
  /** Each server of the broker, as `readServers()` gives them. */
  readonly servers: readonly string[];
  /** The folder of the supervisor's keys, which need not be there. */
  readonly keys: string;
  /** The name of the run on the broker. */
  readonly run: string;
  /** Which evaluators are to be handed the batches. */
  readonly engine: string;
  /** How long things wait on the broker, in milliseconds. */
  readonly ageMs: number;
  /** Whether replies that wait there are to be thrown away. */
  readonly fresh: boolean;
}

/** Each other line to it. */
export type CarrierRequest =
  /** What evaluators need besides a batch, by its SHA-256. */
  | { readonly content: string; readonly text: string }
  /** A batch to be published. */
  | { readonly batch: string }
  /** All is answered: what is left of the run on the broker is removed, and the carrier ends. */
  | { readonly done: true };

/** Each line from it, after it has said that it is ready. */
export type CarrierReport =
  /** The replies that waited have been told; batches are published from now on. */
  | { readonly open: true }
  /** Replies, as an evaluator sent them. */
  | { readonly replies: string }
  /** A batch that was handed out as often as one may be, as it was sent. */
  | { readonly returned: string }
  /** The evaluators that are there now, of all engines. */
  | { readonly present: readonly EvaluatorPresence[] }
  /** Why it ends. */
  | { readonly failed: Issue };
