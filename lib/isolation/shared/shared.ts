/**
 * Isolation by processes that many agents share, as far as they can be evaluated there; the others have their own.
 *
 * @module
 */

import { StepFailed } from "../../util/issue.ts";
import { Semaphore } from "../../util/semaphore.ts";
import { type HostedData, withData } from "../data.ts";
import type { Isolation, PoolProgram, RunResult } from "../isolation.ts";
import type { Sandbox } from "../launcher.ts";
import type { ProcessLimits } from "../limits.ts";
import { LineClient } from "../line_client.ts";
import { isLimit } from "../outcome.ts";
import { readErrorLine, readReplyLine } from "../reply.ts";
import { ReplyError } from "../reply_checks.ts";
import { type EvaluationRequest, poolLine } from "../request.ts";

/** How many evaluations are on their way to each process at once: enough that it never waits for the next one. */
const ahead = 16;

/** How many processes in a row may end without a single reply: the rest is evaluated in processes of their own. */
const fruitless = 8;

/** What processes are shared by. */
export interface SharedParts {
  readonly sandbox: Sandbox;
  /** Holds the genes of all of them. */
  readonly pool: PoolProgram;
  /** The limits of one evaluation, and of a process that they share. */
  readonly limits: ProcessLimits;
  readonly hostLimits: ProcessLimits;
  /** For what can't share a process: as many of its own there may be at once. */
  readonly single: Isolation;
  /** The data of the world; absent where there is none. */
  readonly data?: HostedData;
}

/** Evaluates in shared processes, and some once more in their own. */
export class SharedIsolation implements Isolation {
  readonly #single: Isolation;
  readonly #own: Semaphore;
  readonly #hosts: readonly LineClient[];
  /** How many were evaluated in processes of their own, since they had to be, and how many since they were drawn. */
  readonly counts = { alone: 0, checked: 0 };

  constructor({ sandbox, pool, limits, hostLimits, single, data }: SharedParts) {
    this.#single = single;
    this.#own = new Semaphore(single.capacity);
    const command = sandbox.sandboxed(pool.path, withData(hostLimits, data), Number.POSITIVE_INFINITY);
    // The first evaluation of a process waits for its data.
    const granted = withData(limits, data);
    const options = {
      first: data ? `${data.line}\n${pool.sharedInputs}` : pool.sharedInputs,
      timeoutMs: Math.min(granted.cpuSeconds, granted.wallSeconds) * 1000,
      answerLength: limits.outputKiB * 1024,
      attempts: 1,
      fruitless,
    };
    this.#hosts = Array.from({ length: single.capacity }, () => new LineClient(command, options));
  }

  get capacity(): number {
    return this.#hosts.length * ahead;
  }

  /**
   * Evaluates in a shared process, if the request may be; only a good reply counts.
   *
   * @throws {StepFailed} If it was evaluated both ways, and came to different things.
   */
  async evaluate(request: EvaluationRequest): Promise<RunResult> {
    if (request.alone) return await this.#single.evaluate(request);
    const shared = await this.#shared(request);
    if (!shared) {
      this.counts.alone++;
      return await this.#alone(request);
    }
    if (!request.verified) return shared;
    this.counts.checked++;
    const own = await this.#alone(request);
    // What a limit of the machine ended says nothing of the other way, and is what a process of its own comes to.
    if (!own.ok && isLimit(own.failure.outcome)) return own;
    if (textOf(own) !== textOf(shared)) throw differing(request);
    return own;
  }

  /** Ends all processes. */
  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([...this.#hosts, this.#single].map((one) => one[Symbol.asyncDispose]()));
  }

  #alone(request: EvaluationRequest): Promise<RunResult> {
    return this.#own.through(() => this.#single.evaluate(request));
  }

  async #shared(request: EvaluationRequest): Promise<RunResult | undefined> {
    const asked = poolLine(request);
    if (asked === undefined) return undefined;
    const host = this.#hosts.reduce((least, one) => one.busy < least.busy ? one : least);
    const answer = await host.ask(asked);
    // Where shared processes can't be started, one of its own shows whether any can.
    if (answer.line === undefined) return undefined;
    const { line, wallMs } = answer;
    const reply = read(() => readReplyLine(line, request.expected));
    if (reply) return { ok: true, reply, wallMs };
    // Its own process tells how an evaluation fails. What is no typed error is no reply of the runtime's.
    if (!read(() => readErrorLine(line, request.expected))) host.renew();
    return undefined;
  }
}

function textOf({ wallMs: _, cpuMs: __, memoryBytes: ___, ...reply }: RunResult): string {
  return JSON.stringify(reply);
}

function read<T>(reader: () => T): T | undefined {
  try {
    return reader();
  } catch (error) {
    if (!(error instanceof ReplyError)) throw error;
    return undefined;
  }
}

function differing({ id, kind, cycle }: EvaluationRequest): StepFailed {
  return new StepFailed({
    code: "shared.differs",
    message:
      `Cannot go on with shared processes as evaluations must come to the same in them: the ${kind} evaluation of ${id} in ` +
      `cycle ${cycle} did not. Use --isolation process; this is a fault of the template's code or of the runtime.`,
    path: id,
  });
}
