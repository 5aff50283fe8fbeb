/**
 * Isolation by a process for each agent, which serves life after life.
 *
 * @module
 */

import type { Entry } from "./entry.ts";
import type { Keeper } from "./keeper.ts";
import type { LifeReply } from "../../runtime/contract.ts";
import type { Isolation, Lived, Ran } from "../isolation.ts";
import { readReply, ReplyError } from "../reply.ts";

/**
 * Has each life lived by its agent's resident. A gestation, and the life of an agent whose resident is not up, has a
 * process of its own.
 *
 * Of a resident only a good reply counts. Whatever else a life comes to there, it is lived again in a process of its own,
 * and that decides: so its outcome is what it would be without residents, whatever the process had lived before.
 */
export class ResidentIsolation implements Isolation {
  readonly #keeper: Keeper;
  readonly #single: Isolation;

  /** @param single Lives a life in a process of its own. */
  constructor(keeper: Keeper, single: Isolation) {
    this.#keeper = keeper;
    this.#single = single;
  }

  /** Lives a life to its end. Needs read and write permission for the residents' pipes, and what a single life needs. */
  async live(life: Lived): Promise<Ran> {
    const entry = this.#keeper.ready(life.id, life.artifact);
    return entry ? await entry.alone(() => this.#served(entry, life)) : await this.#single.live(life);
  }

  /** Residents outlast their isolation. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#single[Symbol.asyncDispose]();
  }

  async #served(entry: Entry, life: Lived): Promise<Ran> {
    const { promise, resolve } = Promise.withResolvers<boolean>();
    entry.verdict = promise;
    const began = performance.now();
    try {
      const line = await entry.resident?.live(life.request);
      const reply = line && replyOf(line, life);
      if (reply) return { told: { ok: true, reply }, wallMs: performance.now() - began };
      const ran = await this.#single.live(life);
      // The failure of a life is counted as such; what only the resident came to counts against the resident.
      resolve(ran.told.ok || ran.told.failure.outcome === "killed");
      return ran;
    } finally {
      resolve(true);
      entry.verdict = undefined;
    }
  }
}

function replyOf(line: Uint8Array, { expected }: Lived): LifeReply | undefined {
  try {
    return readReply(line, expected);
  } catch (error) {
    if (error instanceof ReplyError) return undefined;
    throw error;
  }
}
