/**
 * How agents are kept apart from the machine and from each other: the one interface of all ways to do so.
 *
 * @module
 */

import type { Issue, Result } from "../util/issue.ts";
import type { ReplyOrFailure } from "./classify.ts";
import type { Taken } from "./taken.ts";
import type { ArtifactReference, EvaluationRequest } from "./request.ts";

/** The evaluator on another machine that has replied, and when that was. */
export interface Giver {
  /** Its number within the run. */
  readonly id: number;
  /** Whether it was new then, so that little was known of it. */
  readonly wasNew: boolean;
  /** How many evaluators had been dropped in this step by then. */
  readonly drops: number;
  /** Whether it came to the same on this machine. */
  readonly isVerified: boolean;
}

/** What an evaluation came to where it was run: a reply that is still to be judged, or a failure. */
export type RunResult = ReplyOrFailure & Taken & {
  /** The evaluator on another machine that has replied; absent where it was run on this one. */
  readonly evaluator?: Giver;
};

/**
 * A way of running the programs of agents; whichever it is, an evaluation comes to the same bits.
 *
 * To be used from the main thread: a child that is tied to its supervisor dies with the thread that started it.
 */
export interface Isolation extends AsyncDisposable {
  /** How many requests may be under way at once, so that all that it runs on has enough to do. */
  readonly capacity: number;
  /** What there is to count besides evaluations, for the closing record. */
  readonly counts?: Readonly<Record<string, number>>;
  /** Runs one evaluation to its end. What fails here is no agent. */
  evaluate(request: EvaluationRequest): Promise<RunResult>;
  /** What an evaluation comes to on this machine; for ways that have others evaluate. */
  verify?(request: EvaluationRequest, result: RunResult): Promise<RunResult>;
  /** Why what an evaluator has given counts no more: the number of the event that one was dropped; undefined where it counts. */
  withdrawnBy?(giver: Giver): number | undefined;
}

/** Where programs are found. */
export interface Programs {
  /** The path of an artifact that was cut now, its signature proved; or why it must not be started. */
  prove(reference: ArtifactReference): Promise<Result<string>>;
}

/** A program that holds all genes of a pool. */
export interface PoolProgram {
  /** Where it lies; its bytes and signature have been proved. */
  readonly path: string;
  /** The first line for it: what all evaluations have in common. */
  readonly sharedInputs: string;
}

/** The result of an evaluation whose artifact must not be started: it is built again. */
export function refused({ code, message }: Issue): RunResult {
  return { ok: false, failure: { outcome: "refused", message, artifact: code }, wallMs: null };
}
