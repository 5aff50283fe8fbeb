/**
 * What an isolation is asked: one evaluation, with all that is needed to run it, on this machine or on another.
 *
 * @module
 */

import type { ProcessLimits } from "./limits.ts";
import type { Expected } from "./reply.ts";

/** Names an agent's own program: what a statement is signed about. */
export interface ArtifactReference {
  /** The key of all that is in it. */
  readonly artifact: string;
  /** Hash of the genome that it is built for. */
  readonly genome: string;
  /** The bytes of that genome, from which it is cut. */
  readonly bytes: Uint8Array;
}

/** One evaluation, prepared: plain data. */
export interface EvaluationRequest {
  /** Id of the agent, and which evaluation of it this is. */
  readonly id: string;
  readonly kind: "judged" | "gestation";
  readonly cycle: number;
  /** The agent's own program. */
  readonly artifact: ArtifactReference;
  /** The part of the request that is no other's, as the JSON of an object. */
  readonly own: string;
  /** Members of that object that others have in common with it, as JSON without the brackets. */
  readonly common: string;
  /** What its genome chooses in the program of its pool, as JSON; absent where that program may not stand for its own. */
  readonly chosen?: string;
  /** What its reply must fit. */
  readonly expected: Expected;
  readonly limits: ProcessLimits;
  /** How many steps it takes at most, all episodes together. */
  readonly steps: number;
  /** Whether a reply from where others are evaluated too is to be verified by a run of its own program. */
  readonly verified: boolean;
  /** Whether it is to be run by its own program, with no other's in its process or engine: so it is found out how it fails. */
  readonly alone: boolean;
}

const encoder = new TextEncoder();

/** The line for the agent's own program, with its end. */
export function ownLine({ own, common, verified }: EvaluationRequest): Uint8Array {
  return encoder.encode(`${own.slice(0, -1)},${common}${verified ? ',"checks":true' : ""}}\n`);
}

/** The line for the program of the pool, without its end; undefined where that is not to run it. */
export function poolLine({ own, chosen, alone }: EvaluationRequest): string | undefined {
  return chosen === undefined || alone ? undefined : `${own.slice(0, -1)},"chosen":${chosen}}`;
}
