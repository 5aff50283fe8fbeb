/**
 * Evaluators that reply after a pause with what a real one has replied before, or with a failure after the time of the CPU limit.
 *
 * @module
 */

import { batchConsumer, Broker } from "../../lib/evaluators/broker.ts";
import { Identity } from "../../lib/evaluators/identity.ts";
import { engineName, presence as times, protocolVersion, repliesFor } from "../../lib/evaluators/names.ts";
import { type EvaluatorPresence, presenceText } from "../../lib/evaluators/presence.ts";
import { readBatch, type Replied, type ToldFailure } from "../../lib/evaluators/protocol.ts";

/** The CPU limit, in seconds. */
export const cpuSeconds = 1;

/** Share of the evaluations that loop, where some do. */
export const loopingShare = 0.05;

/** What is over within so many milliseconds is replied together. */
const groupMs = 200;

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
  readonly #identities: readonly Identity[];
  readonly #since = new Date().toISOString();
  readonly #timer: ReturnType<typeof setInterval>;
  readonly #work: Promise<void>[];
  readonly #sent = new Set<Promise<void>>();
  readonly #looped = new Set<string>();
  #isOver = false;
  #first: number | undefined;
  #last = 0;

  private constructor(broker: Broker, identities: readonly Identity[], options: SimulationOptions) {
    [this.#broker, this.#identities, this.#options] = [broker, identities, options];
    this.#timer = setInterval(() => void this.#renew().catch(() => {}), times.every);
    this.#work = identities.map((identity) => this.#serve(identity).catch(() => {}));
  }

  /** Has them join. */
  static async begin(options: SimulationOptions): Promise<Simulation> {
    const broker = await Broker.connect({ servers: [options.server], name: "simulated" });
    const names = Array.from({ length: options.count }, (_, i) => `simulated-${i}`);
    const simulation = new Simulation(broker, await Promise.all(names.map((name) => Identity.draw(name))), options);
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
    const { ms } = this.#options;
    await Promise.all(this.#identities.map(({ name, instance }) => {
      const presence: EvaluatorPresence = {
        version: protocolVersion,
        name,
        instance,
        host: name,
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

  async #serve(identity: Identity): Promise<void> {
    const consumer = await batchConsumer(this.#broker, engineName());
    while (!this.#isOver) {
      for await (const message of await consumer.fetch({ max_messages: 1, expires: 10_000 })) {
        this.#first ??= performance.now();
        const { evaluations } = readBatch(message.string());
        const subject = repliesFor(message.subject);
        let group: Replied[] = [], ms = 0;
        for (const [i, { key }] of evaluations.entries()) {
          const reply = this.#reply(key);
          group.push(reply);
          ms += reply.wallMs;
          const isLast = i === evaluations.length - 1;
          if (ms < groupMs && !isLast) continue;
          await new Promise((resolve) => setTimeout(resolve, ms));
          this.#send(identity, subject, group, isLast ? () => message.ack() : () => message.working());
          [group, ms] = [[], 0];
        }
      }
    }
  }

  /** It goes on meanwhile, as evaluators do. */
  #send(identity: Identity, subject: string, group: readonly Replied[], then: () => void): void {
    const sent = identity.text(group).then((text) => this.#broker.streams.publish(subject, text)).then(() => {
      then();
      this.#last = performance.now();
    }).catch(() => {}).finally(() => this.#sent.delete(sent));
    this.#sent.add(sent);
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
