/**
 * Isolation by a process for each agent, which serves evaluation after evaluation.
 *
 * @module
 */

import type { AgentReply } from "../../runtime/contract.ts";
import type { HostedData } from "../data.ts";
import { type Isolation, type Programs, refused, type RunResult } from "../isolation.ts";
import { readReply } from "../reply.ts";
import { ReplyError } from "../reply_checks.ts";
import { type EvaluationRequest, ownLine } from "../request.ts";
import type { Entry } from "./entry.ts";
import type { Keeper } from "./keeper.ts";

/**
 * Has each agent evaluated by its resident. A gestation, and an agent whose resident is not up, has a process of its own.
 *
 * Of a resident only a good reply counts. Whatever else an evaluation comes to there, it is done again in a process of its
 * own, and that decides: so its outcome is what it would be without residents, whatever the process had done before.
 */
export class ResidentIsolation implements Isolation {
  readonly #programs: Programs;
  readonly #keeper: Keeper;
  readonly #single: Isolation;
  readonly #data: HostedData | undefined;

  /**
   * @param single Evaluates in a process of its own.
   * @param data The data of the world; absent where there is none.
   */
  constructor(programs: Programs, keeper: Keeper, single: Isolation, data?: HostedData) {
    this.#programs = programs;
    this.#keeper = keeper;
    this.#single = single;
    this.#data = data;
  }

  get capacity(): number {
    return this.#single.capacity;
  }

  /** Runs one evaluation. Needs read and write permission for the residents' pipes, and what a single process needs. */
  async evaluate(request: EvaluationRequest): Promise<RunResult> {
    const entry = request.alone ? undefined : this.#keeper.ready(request.id, request.artifact.artifact);
    return entry ? await entry.alone(() => this.#served(entry, request)) : await this.#single.evaluate(request);
  }

  /** Residents outlast their isolation. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#single[Symbol.asyncDispose]();
  }

  async #served(entry: Entry, request: EvaluationRequest): Promise<RunResult> {
    const program = await this.#programs.prove(request.artifact);
    if (!program.ok) return refused(program.issue);
    const { promise, resolve } = Promise.withResolvers<boolean>();
    entry.verdict = promise;
    const began = performance.now();
    try {
      const line = await entry.resident?.evaluate(ownLine(request), this.#data?.bytes);
      const reply = line && replyOf(line, request);
      if (reply) return { ok: true, reply, wallMs: performance.now() - began };
      const result = await this.#single.evaluate(request);
      // The failure of an evaluation is counted as such; what only the resident came to counts against the resident.
      resolve(result.ok || result.failure.outcome === "killed");
      return result;
    } finally {
      resolve(true);
      entry.verdict = undefined;
    }
  }
}

function replyOf(line: Uint8Array, { expected }: EvaluationRequest): AgentReply | undefined {
  try {
    return readReply(line, expected);
  } catch (error) {
    if (error instanceof ReplyError) return undefined;
    throw error;
  }
}
