/**
 * One that answers as an evaluator does and has evaluated nothing: its replies fit, and are not true.
 *
 * @module
 */

import { batchConsumer, Broker } from "../../lib/evaluators/broker.ts";
import { engineName, presence, repliesFor } from "../../lib/evaluators/names.ts";
import { type Asked, readBatch, repliesText } from "../../lib/evaluators/protocol.ts";

const name = "liar";

/** A liar at a broker, until it is disposed of. */
export class Liar implements AsyncDisposable {
  readonly #broker: Broker;
  readonly #served: Promise<void>;
  #isOver = false;
  /** How many evaluations it has answered. */
  answered = 0;

  private constructor(broker: Broker) {
    this.#broker = broker;
    this.#served = this.#serve().catch(() => {});
  }

  static async join(url: string): Promise<Liar> {
    const broker = await Broker.connect({ servers: [url.slice("nats://".length)], name });
    const since = new Date(0).toISOString();
    const instance = crypto.randomUUID();
    const said = {
      version: 1,
      name,
      instance,
      host: "h",
      cores: 1,
      engine: engineName(),
      isolation: "shared",
      slots: 1,
    };
    await broker.evaluators.put(name, JSON.stringify({ ...said, evaluations: 0, msPerEvaluation: null, since }));
    return new Liar(broker);
  }

  async #serve(): Promise<void> {
    const consumer = await batchConsumer(this.#broker, engineName());
    while (!this.#isOver) {
      for await (const message of await consumer.fetch({ max_messages: 1, expires: presence.every })) {
        const { evaluations } = readBatch(message.string());
        const replies = evaluations.map((asked) => ({ key: asked.key, wallMs: 1, reply: lieTo(asked) }));
        this.answered += replies.length;
        await this.#broker.streams.publish(repliesFor(message.subject), repliesText(name, replies));
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
