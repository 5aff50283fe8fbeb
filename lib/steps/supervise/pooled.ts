/**
 * Lives in processes that many agents share, as far as they can be lived there; the others in processes of their own.
 *
 * @module
 */

import type { Ran } from "../../isolation/isolation.ts";
import type { Sandbox } from "../../isolation/launcher.ts";
import { agentLimits, hostLimits } from "../../isolation/limits.ts";
import { isLimit } from "../../isolation/outcome.ts";
import { type Expected, readErrorLine, readReplyLine, ReplyError } from "../../isolation/reply.ts";
import { LineClient } from "../../isolation/line_client.ts";
import { StepFailed } from "../../util/issue.ts";
import { deriveSeed, stream } from "../../runtime/random.ts";
import { Semaphore } from "../../util/semaphore.ts";
import type { Life } from "./life.ts";
import { PoolLives, type PoolParts } from "./pool_lives.ts";

/** How many lives are on their way to each process at once: enough that it never waits for the next one. */
const ahead = 16;

/** How many processes in a row may end without a single reply: the rest is lived in processes of their own. */
const fruitless = 8;

/** What lives that share processes need. */
export interface PooledParts extends PoolParts {
  readonly sandbox: Sandbox;
  /** Processes at once, shared ones; and likewise of those that hold one life. */
  readonly slots: number;
}

/** Lives lives in shared processes, and some of them once more in their own. */
export class Pooled implements AsyncDisposable {
  readonly #parts: PooledParts;
  readonly #pool: PoolLives;
  readonly #hosts: readonly LineClient[];
  readonly #own: Semaphore;
  /** How many lives were lived in processes of their own, since they had to, and how many since they were drawn. */
  readonly counts = { alone: 0, checked: 0 };

  private constructor(parts: PooledParts, pool: PoolLives) {
    const { facts, sandbox, slots } = parts;
    this.#parts = parts;
    this.#pool = pool;
    this.#own = new Semaphore(slots);
    const limits = agentLimits(facts.config);
    const command = sandbox.sandboxed(pool.path, hostLimits(facts.config), Number.POSITIVE_INFINITY);
    const options = {
      first: pool.commons,
      patienceMs: Math.min(limits.cpuSeconds, limits.wallSeconds) * 1000,
      answerLength: limits.outputKiB * 1024,
      attempts: 1,
      fruitless,
    };
    this.#hosts = Array.from({ length: slots }, () => new LineClient(command, options));
  }

  /**
   * Proves the program of the pool.
   *
   * Needs read permission for the store.
   *
   * @throws {StepFailed} If there is none for this pool and runtime.
   */
  static async open(parts: PooledParts): Promise<Pooled> {
    const pool = await PoolLives.find(parts);
    if (pool) return new Pooled(parts, pool);
    throw new StepFailed({
      code: "pool.unbuilt",
      message: "Cannot run agents in shared processes as there must be a signed program of this pool and runtime; " +
        "run `deno task build` again, or use another --isolation.",
    });
  }

  /** How many lives it takes at once. */
  get width(): number {
    return this.#hosts.length * ahead;
  }

  /**
   * Lives a life.
   *
   * @param expected What its reply must fit.
   * @param alone Lives it in a process of its own.
   * @throws {StepFailed} If it was lived both ways and told different things.
   */
  async run(life: Life, expected: Expected, alone: () => Promise<Ran>): Promise<Ran> {
    const asked = await this.#pool.lineOf(life);
    const hosted = asked === undefined ? undefined : await this.#host(asked, expected);
    if (!hosted) {
      this.counts.alone++;
      return await this.#own.through(alone);
    }
    if (!this.#isDrawn(life)) return hosted;
    this.counts.checked++;
    const own = await this.#own.through(alone);
    // What a limit of the machine ended says nothing of the other way, and is what a process of its own comes to.
    if (!own.told.ok && isLimit(own.told.failure.outcome)) return own;
    if (JSON.stringify(own.told) !== JSON.stringify(hosted.told)) throw differing(life);
    return own;
  }

  /** Ends the shared processes. */
  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#hosts.map((host) => host[Symbol.asyncDispose]()));
  }

  async #host(asked: string, expected: Expected): Promise<Ran | undefined> {
    const host = this.#hosts.reduce((least, one) => one.busy < least.busy ? one : least);
    const hosted = await host.ask(asked);
    // Where shared processes can't be started, one of its own shows whether any can.
    if (hosted.line === undefined) return undefined;
    const { line, wallMs } = hosted;
    const reply = read(line, (text) => readReplyLine(text, expected));
    if (reply) return { told: { ok: true, reply }, wallMs };
    // Its own process tells how a life fails. What is no typed error is no reply of the runtime's.
    if (!read(line, (text) => readErrorLine(text, expected))) host.renew();
    return undefined;
  }

  #isDrawn({ cycle, id, kind }: Life): boolean {
    const { seed, config } = this.#parts.facts;
    return stream(deriveSeed(seed, "pooled", cycle, id, kind))() < config.isolation.checked;
  }
}

function read<T>(line: string, reader: (line: string) => T): T | undefined {
  try {
    return reader(line);
  } catch (error) {
    if (!(error instanceof ReplyError)) throw error;
    return undefined;
  }
}

function differing({ id, kind, cycle }: Life): StepFailed {
  return new StepFailed({
    code: "pooled.differs",
    message:
      `Cannot go on with shared processes as lives must come to the same in them: the ${kind} life of ${id} in ` +
      `cycle ${cycle} did not. Use --isolation process; this is a fault of the template's code or of the runtime.`,
    path: id,
  });
}
