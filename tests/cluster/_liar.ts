/**
 * One that answers as an evaluator does and has evaluated nothing: its replies fit, and are not true.
 *
 * @module
 */

import { batchesFor, Broker } from "../../lib/evaluators/broker.ts";
import { Identity } from "../../lib/evaluators/identity.ts";
import { engineName, presence, repliesFor } from "../../lib/evaluators/names.ts";
import type { EvaluatorPresence } from "../../lib/evaluators/presence.ts";
import { type Asked, readBatch, type Replied } from "../../lib/evaluators/protocol.ts";
import { readServers } from "../../lib/evaluators/servers.ts";

/** What a liar may do besides. */
export interface LiarOptions {
  /** Whether it is another evaluator, by name and key, with each reply. @default false */
  readonly isMany?: boolean;
  /** The folder of evaluators' keys. @default none */
  readonly keys?: string;
  /** What it replies in the place of a lie. */
  readonly replyTo?: (asked: Asked) => Replied | undefined;
}

/** A liar at a broker, until it is disposed of. */
export class Liar implements AsyncDisposable {
  readonly identity: Identity;
  readonly #broker: Broker;
  readonly #options: LiarOptions;
  readonly #served: Promise<void>;
  #isOver = false;
  /** How many evaluations it has answered. */
  answered = 0;

  private constructor(broker: Broker, identity: Identity, options: LiarOptions) {
    this.#broker = broker;
    this.identity = identity;
    this.#options = options;
    this.#served = this.#serve().catch(() => {});
  }

  static async join(url: string, options: LiarOptions = {}): Promise<Liar> {
    const whileEmpty = () => new Promise<void>((resolve) => setTimeout(resolve, 100));
    const broker = await Broker.join({ servers: readServers(url), name: "liar", keys: options.keys, whileEmpty });
    const identity = await Identity.draw("liar");
    const said: EvaluatorPresence = {
      ...{ version: 1, name: "liar", instance: identity.instance, host: "h", cores: 1, engine: engineName() },
      ...{ isolation: "shared", slots: 1, evaluations: 0, msPerEvaluation: null, since: new Date(0).toISOString() },
    };
    await broker.evaluators.put("liar", JSON.stringify(said));
    return new Liar(broker, identity, options);
  }

  async #serve(): Promise<void> {
    const { isMany = false, replyTo } = this.#options;
    while (!this.#isOver) {
      const consumer = await batchesFor(this.#broker, engineName());
      if (!consumer) continue;
      for await (const message of await consumer.fetch({ max_messages: 1, expires: presence.every })) {
        for (const asked of readBatch(message.string()).evaluations) {
          const reply = replyTo?.(asked) ?? { key: asked.key, wallMs: 1, reply: lieTo(asked) };
          const own = isMany ? await Identity.draw(`liar-${this.answered}`) : this.identity;
          this.answered++;
          await this.#broker.streams.publish(repliesFor(message.subject), await own.text([reply]));
        }
        message.ack();
      }
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isOver = true;
    await this.#broker[Symbol.asyncDispose]();
    await this.#served;
  }
}

/** It did nothing in any episode, and stays as it is. */
function lieTo({ expected: { token, episodes } }: Asked): string {
  const evidence = Array.from({ length: episodes }, () => []);
  return JSON.stringify({ version: 1, token, evidence, genome: null, memory: [], outbox: [] });
}
