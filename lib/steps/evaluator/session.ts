/**
 * An evaluator at work over one connection to its broker.
 *
 * @module
 */

import type { Consumer, JsMsg } from "@nats-io/jetstream";
import { batchesFor, type Broker } from "../../evaluators/broker.ts";
import type { Identity } from "../../evaluators/identity.ts";
import { ackWaitMs, engineName, presence, repliesFor } from "../../evaluators/names.ts";
import { type Asked, type Batch, MessageError, type Replied, repliedOf } from "../../evaluators/protocol.ts";
import { evaluate } from "../../isolation/evaluate.ts";
import { StepFailed } from "../../util/issue.ts";
import { sentence, shownText } from "../../util/text.ts";
import { atBroker, BrokerLost, quietly } from "./broker_lost.ts";
import { type Here, pause } from "./here.ts";
import { batchOf, refusal, textsOf } from "./messages.ts";
import type { Preparations, Prepared } from "./preparations.ts";
import { ReplyGroups } from "./reply_groups.ts";
import type { Tally } from "./tally.ts";

/** How long one question for batches is left with the broker, in milliseconds: an idle evaluator ends within as long. */
const fetchMs = 2000;

/** How often it looks whether there are batches for this engine, in milliseconds. */
const lookMs = 1000;

/** What a session works with; all of it outlasts a connection. */
export interface SessionParts {
  readonly identity: Identity;
  readonly preparations: Preparations;
  readonly here: Here;
  readonly tally: Tally;
  readonly say: (text: string) => void;
  /** Called when the name is its own, before anything is taken. */
  readonly onNamed: () => void;
  /** Called each time that it has said again that it is there. */
  readonly onRenewed: () => void;
}

/** Takes batches, has them evaluated and replies, until it is told to end or the broker is lost. */
export class Session {
  readonly #broker: Broker;
  readonly #parts: SessionParts;
  readonly #over = Promise.withResolvers<never>();
  readonly #batches = new Map<JsMsg, Promise<void>>();
  /** Evaluations that wait or run. */
  #waiting = 0;
  #isOver = false;
  #freed = Promise.withResolvers<void>();
  #renewing: Promise<void> = Promise.resolve();

  constructor(broker: Broker, parts: SessionParts) {
    this.#broker = broker;
    this.#parts = parts;
    this.#over.promise.catch(() => {});
  }

  /**
   * Works until the signal is aborted, and what was taken by then is replied to.
   *
   * @throws {BrokerLost} If the connection ends before.
   * @throws {StepFailed} If this machine can't evaluate, or another evaluator has the name; what was taken is given back.
   */
  async serve(signal: AbortSignal): Promise<void> {
    void this.#broker.connection.closed().then(() => this.#end(new BrokerLost("The connection was closed.")));
    let timer: ReturnType<typeof setInterval> | undefined;
    try {
      await Promise.race([this.#over.promise, atBroker(() => this.#parts.here.claim(this.#broker, signal))]);
      if (!signal.aborted) this.#parts.onNamed();
      timer = setInterval(() => void (this.#renewing = this.#renew()), presence.every);
      await Promise.race([this.#over.promise, this.#work(signal)]);
      clearInterval(timer);
      await this.#renewing;
      await atBroker(() => this.#parts.here.remove(this.#broker));
      await atBroker(() => this.#broker.connection.flush());
    } catch (error) {
      this.#end(error);
      await this.#giveBack();
      throw error;
    } finally {
      clearInterval(timer);
    }
  }

  async #work(signal: AbortSignal): Promise<void> {
    const { preparations } = this.#parts;
    const consumer = await this.#consumer(signal);
    while (consumer && !signal.aborted && !this.#isOver) {
      if (this.#waiting >= preparations.capacity) {
        await this.#freed.promise;
        continue;
      }
      await atBroker(async () => {
        const messages = await consumer.fetch({ max_messages: 1, expires: fetchMs });
        for await (const message of messages) {
          if (signal.aborted || this.#isOver) message.nak();
          else this.#take(message);
        }
      });
    }
    await Promise.all(this.#batches.values());
  }

  /** What hands out batches, as soon as a supervisor has any for this engine; undefined where it is told to end before. */
  async #consumer(signal: AbortSignal): Promise<Consumer | undefined> {
    while (!signal.aborted && !this.#isOver) {
      const consumer = await atBroker(() => batchesFor(this.#broker, engineName()));
      if (consumer) return consumer;
      await pause(lookMs, signal);
    }
  }

  #take(message: JsMsg): void {
    let batch: Batch;
    try {
      batch = batchOf(message);
    } catch (error) {
      if (!(error instanceof MessageError)) throw error;
      this.#refuse(message, error);
      return;
    }
    const left = { count: batch.evaluations.length };
    this.#waiting += left.count;
    const done = this.#evaluate(message, batch, left).catch((error) => this.#end(error)).finally(() => {
      // What is not replied to when all is over is given back.
      if (!this.#isOver) this.#batches.delete(message);
      this.#free(left.count);
    });
    this.#batches.set(message, done);
  }

  /** So many evaluations are over: there is room for others. */
  #free(count: number): void {
    this.#waiting -= count;
    this.#freed.resolve();
    this.#freed = Promise.withResolvers();
  }

  /** @param left How many of the batch wait or run: another one is taken before the last of these is over. */
  async #evaluate(message: JsMsg, { shared, evaluations }: Batch, left: { count: number }): Promise<void> {
    const { preparations, tally } = this.#parts;
    let said = performance.now(), wasSilent = false;
    const work = () => {
      wasSilent ||= performance.now() - said > ackWaitMs;
      said = performance.now();
      quietly(() => message.working());
    };
    const timer = setInterval(work, ackWaitMs / 3);
    // One that stood still for so long may be the second to answer: its replies would be left when the run has ended.
    const isWanted = async () => {
      work();
      return !wasSilent || await atBroker(() => this.#broker.holds(message.seq));
    };
    const groups = new ReplyGroups(async (replies) => {
      if (await isWanted()) await this.#reply(message, replies);
    });
    try {
      const source = (hash: string) => atBroker(() => this.#broker.get(hash));
      const one = (prepared: Prepared) => async (asked: Asked) => {
        const replied = await this.#one(prepared, asked);
        groups.add(replied);
        left.count--;
        this.#free(1);
        return replied.wallMs;
      };
      const times = await preparations.use(
        shared,
        source,
        (prepared) => Promise.all(evaluations.map(one(prepared))),
      );
      await groups.end();
      message.ack();
      tally.add(times);
    } catch (error) {
      if (!(error instanceof MessageError)) throw error;
      // Whoever asked for them need not wait: it is told why none of them was run.
      const failure = refusal(error);
      await this.#reply(message, evaluations.map(({ key }) => ({ key, wallMs: 0, failure })));
      this.#refuse(message, error);
    } finally {
      clearInterval(timer);
      groups.drop();
    }
  }

  async #one({ programs, isolation, slots }: Prepared, asked: Asked): Promise<Replied> {
    try {
      const request = await programs.request(asked);
      return await slots.through(async () => {
        if (this.#isOver) throw new BrokerLost("Nothing is begun any more.");
        return repliedOf(asked.key, await evaluate(isolation, request));
      });
    } catch (error) {
      if (error instanceof MessageError) return { key: asked.key, wallMs: 0, failure: refusal(error) };
      // Limits that no process can start under are the run's.
      if (!(error instanceof StepFailed) || error.issue.code !== "control.limits") throw error;
      return { key: asked.key, wallMs: 0, failure: { outcome: "start", message: error.message } };
    }
  }

  async #reply(message: JsMsg, replies: readonly Replied[]): Promise<void> {
    const subject = repliesFor(message.subject);
    for (const text of await textsOf(this.#parts.identity, replies, this.#broker.connection.info!.max_payload)) {
      await atBroker(() => this.#broker.streams.publish(subject, text));
    }
  }

  #refuse(message: JsMsg, error: MessageError): void {
    this.#parts.say(`a batch on ${shownText(message.subject, 100)} was refused: ${sentence(error.message)}`);
    quietly(() => message.term());
  }

  async #renew(): Promise<void> {
    try {
      await atBroker(() => this.#parts.here.renew(this.#broker));
      this.#parts.onRenewed();
    } catch (error) {
      this.#end(error);
    }
  }

  #end(error: unknown): void {
    this.#isOver = true;
    this.#freed.resolve();
    this.#over.reject(error);
  }

  /** What another one can evaluate need not wait until this one is missed. */
  async #giveBack(): Promise<void> {
    for (const message of this.#batches.keys()) quietly(() => message.nak());
    const { connection } = this.#broker;
    if (!connection.isClosed()) await connection.flush().catch(() => {});
  }
}
