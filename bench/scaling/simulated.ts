/**
 * Evaluators that reply after a pause with what a real one has replied before, or with a failure after the time of the CPU limit.
 *
 * @module
 */

import { batchConsumer, Broker } from "../../lib/evaluators/broker.ts";
import { engineName, presence as times, protocolVersion, repliesFor } from "../../lib/evaluators/names.ts";
import { type EvaluatorPresence, presenceText } from "../../lib/evaluators/presence.ts";
import { readBatch, type Replied, repliesText, type ToldFailure } from "../../lib/evaluators/protocol.ts";

/** The CPU limit, in seconds. */
export const cpuSeconds = 1;

/** Share of the evaluations that loop, where some do. */
export const loopingShare = 0.05;

/** What evaluators of two machines tell alike, which counts then. */
const failure: ToldFailure = {
  outcome: "cpu",
  message: `It took more than ${cpuSeconds} s of CPU time.`,
  limit: { name: "cpuSeconds", value: cpuSeconds, enforcedBy: "rlimit" },
};

/** Whether an evaluation loops, where some do. @param key Hexadecimal digits, evenly spread. */
function loops(key: string): boolean {
  return parseInt(key.slice(0, 8), 16) / 2 ** 32 < loopingShare;
}

/** How they behave. */
export interface SimulationOptions {
  /** `host:port` of the broker. */
  readonly server: string;
  /** What a real evaluator has replied, by key. */
  readonly known: ReadonlyMap<string, Replied>;
  /** How many evaluators, each of a machine and with one slot. */
  readonly count: number;
  /** How long an evaluation takes, in milliseconds. */
  readonly ms: number;
  /** Whether some loop. */
  readonly looping: boolean;
}

/** Evaluators, until they are ended. */
export class Simulation {
  readonly #options: SimulationOptions;
  readonly #broker: Broker;
  readonly #since = new Date().toISOString();
  readonly #timer: ReturnType<typeof setInterval>;
  readonly #work: Promise<void>[];
  readonly #sent = new Set<Promise<void>>();
  readonly #looped = new Set<string>();
  #isOver = false;
  #first: number | undefined;
  #last = 0;

  private constructor(broker: Broker, options: SimulationOptions) {
    [this.#broker, this.#options] = [broker, options];
    this.#timer = setInterval(() => void this.#renew().catch(() => {}), times.every);
    this.#work = Array.from({ length: options.count }, (_, i) => this.#serve(i).catch(() => {}));
  }

  /** Has them join. */
  static async begin(options: SimulationOptions): Promise<Simulation> {
    const broker = await Broker.connect({ servers: [options.server], name: "simulated" });
    const simulation = new Simulation(broker, options);
    await simulation.#renew();
    return simulation;
  }

  /** How many evaluations have looped. */
  get looped(): number {
    return this.#looped.size;
  }

  /** Ends them. Gives the seconds from the first batch to the last reply. */
  async end(): Promise<number> {
    this.#isOver = true;
    clearInterval(this.#timer);
    await this.#broker[Symbol.asyncDispose]();
    await Promise.all([...this.#work, ...this.#sent]);
    return (this.#last - this.#first!) / 1000;
  }

  async #renew(): Promise<void> {
    const { count, ms } = this.#options;
    await Promise.all(Array.from({ length: count }, (_, i) => {
      const presence: EvaluatorPresence = {
        version: protocolVersion,
        name: `simulated-${i}`,
        instance: crypto.randomUUID(),
        host: `simulated-${i}`,
        cores: 1,
        engine: engineName(),
        isolation: "shared",
        slots: 1,
        evaluations: 0,
        msPerEvaluation: ms,
        since: this.#since,
      };
      return this.#broker.evaluators.put(presence.name, presenceText(presence));
    }));
  }

  async #serve(i: number): Promise<void> {
    const consumer = await batchConsumer(this.#broker, engineName());
    while (!this.#isOver) {
      for await (const message of await consumer.fetch({ max_messages: 1, expires: 10_000 })) {
        this.#first ??= performance.now();
        const replies = readBatch(message.string()).evaluations.map(({ key }) => this.#reply(key));
        const ms = replies.reduce((sum, { wallMs }) => sum + wallMs, 0);
        await new Promise((resolve) => setTimeout(resolve, ms));
        // It takes the next one meanwhile, as evaluators do.
        const text = repliesText(`simulated-${i}`, replies);
        const sent = this.#broker.streams.publish(repliesFor(message.subject), text).then(() => {
          message.ack();
          this.#last = performance.now();
        }).catch(() => {}).finally(() => this.#sent.delete(sent));
        this.#sent.add(sent);
      }
    }
  }

  #reply(key: string): Replied {
    const { known, ms, looping } = this.#options;
    if (looping && loops(key)) {
      this.#looped.add(key);
      return { key, wallMs: 1000 * cpuSeconds, failure };
    }
    return { ...known.get(key)!, wallMs: ms };
  }
}
