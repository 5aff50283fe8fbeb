/**
 * How an evaluation fails at evaluators: it counts where two machines tell the same.
 *
 * @module
 */

import type { ReplyOrFailure } from "../isolation/classify.ts";
import type { Outcome } from "../records/outcome.ts";
import type { ToldFailure } from "./protocol.ts";
import type { Given } from "./waiting_replies.ts";

/** How often an evaluation that fails is handed out, so that evaluators of two machines tell of it. */
const mostOpinions = 6;

/** Failures that are told alike wherever they are: neither the world's, nor of the clock or of who ends processes. */
const ofAgents: ReadonlySet<Outcome> = new Set([
  "crash",
  "stack",
  "cpu",
  "memory",
  "descriptors",
  "output",
  "protocol",
]);

/** What an evaluator's reply comes to, where that counts, and who gave it. */
export type Elsewhere = ReplyOrFailure & Pick<Given, "evaluator" | "instance"> & { readonly wallMs: number };

/** A failure as an evaluator told it. */
interface Failed extends Pick<Given, "evaluator" | "instance"> {
  readonly host: string;
  readonly failure: ToldFailure;
  readonly wallMs: number;
}

/** What evaluators have told of one evaluation that fails. */
export class Failures {
  #told: Failed[] = [];

  /**
   * Notes a failure. Whether another evaluator is to be heard, since no two machines have told the same yet.
   *
   * @param host The machine of its evaluator, where that is known.
   * @param hosts How many machines there are.
   */
  areOpen(
    { evaluator, instance, replied: { failure, wallMs } }: Given,
    host: string | undefined,
    hosts: number,
  ): boolean {
    if (host === undefined || !ofAgents.has(failure!.outcome)) {
      this.#told = [];
      return false;
    }
    this.#told.push({ host, evaluator, instance, failure: failure!, wallMs });
    return !this.agreed() && hosts > 1 && this.#told.length < mostOpinions;
  }

  /** The last failure, if evaluators of two machines have told it alike. */
  agreed(): Elsewhere | undefined {
    const last = this.#told.at(-1);
    if (!last || !this.#told.some(({ host, failure }) => host !== last.host && isAlike(failure, last.failure))) {
      return undefined;
    }
    const { failure, wallMs, evaluator, instance } = last;
    return { ok: false, failure, wallMs, evaluator, instance };
  }
}

/** Whether two failures are told alike. */
export function isAlike(one: ToldFailure, other: ToldFailure): boolean {
  return one.outcome === other.outcome && one.message === other.message;
}
