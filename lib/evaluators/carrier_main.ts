/**
 * The carrier of a supervisor: the one process of it that may reach the broker, and nothing else.
 *
 * It is started by its path, with net permission for the servers and read permission for the keys alone; reads `CarrierSettings` as a line on stdin, then a
 * `CarrierRequest` a line, and writes a `CarrierReport` a line. Whatever goes wrong on the way to the broker ends it: another
 * one then sets up everything anew, so that there is one way, whatever was lost.
 *
 * @module
 */

import { stdin } from "node:process";
import { createInterface } from "node:readline";
import { readyLine } from "../runtime/ready.ts";
import { StepFailed } from "../util/issue.ts";
import { batchConsumer, Broker } from "./broker.ts";
import type { CarrierReport, CarrierRequest, CarrierSettings } from "./carrier_protocol.ts";
import { Signatures } from "./identity.ts";
import { broker as names, evaluationsOf, most, presence, repliesTo } from "./names.ts";
import { seenIn } from "./seen.ts";
import { wordsOf } from "./words.ts";

/** How long a batch waits before it is sent once more to a stream that is full, in milliseconds. */
const fullMs = 200;

/** How long one question for replies lasts, in milliseconds: heartbeats are missed by a process that stands still for as long. */
const fetchMs = 10_000;

/** What a server says of a stream that holds as much as it may. */
const isFull = /maximum (bytes|messages) exceeded|insufficient (storage|resources)/i;

const encoder = new TextEncoder(), decoder = new TextDecoder();

/** Writes a report; all are written in their order. */
function report(report: CarrierReport): void {
  const bytes = encoder.encode(`${JSON.stringify(report)}\n`);
  for (let at = 0; at < bytes.length;) at += Deno.stdout.writeSync(bytes.subarray(at));
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function carry(settings: CarrierSettings, requests: AsyncIterator<CarrierRequest>): Promise<void> {
  const { run, engine } = settings;
  await using broker = await Broker.connect({ ...settings, name: `supervisor ${run.slice(0, 8)}` });
  await batchConsumer(broker, engine);
  // What a former supervisor asked for is asked for again, as far as it was not answered.
  await broker.purge(run, { replies: settings.fresh });
  await broker.forwardReturned(run, (batch) => report({ returned: batch }));
  const lost = broker.connection.closed().then((error) => {
    throw lostBroker(error);
  });
  lost.catch(() => {});
  const others = [listen(broker, run), watch(broker)];
  const work = serve(broker, run, engine, requests);
  await Promise.race([work, lost, ...others]);
}

/** Puts contents and publishes batches, until all is done. */
async function serve(
  broker: Broker,
  run: string,
  engine: string,
  requests: AsyncIterator<CarrierRequest>,
): Promise<void> {
  const subject = evaluationsOf(run, engine);
  const sent = new Set<Promise<void>>();
  let failure: { readonly error: unknown } | undefined;
  for (;;) {
    const { value: request, done } = await requests.next();
    if (failure) throw failure.error;
    // The supervisor has ended: what waits is taken up by the next one.
    if (done) return;
    if ("done" in request) {
      await Promise.all(sent);
      return await broker.purge(run, { replies: true });
    }
    if ("content" in request) {
      await broker.put(request.content, encoder.encode(request.text));
      continue;
    }
    const sending: Promise<void> = publish(broker, subject, request.batch)
      .catch((error) => void (failure ??= { error }))
      .finally(() => sent.delete(sending));
    sent.add(sending);
  }
}

async function publish({ streams }: Broker, subject: string, batch: string): Promise<void> {
  const bytes = encoder.encode(batch);
  for (;;) {
    try {
      await streams.publish(subject, bytes);
      return;
    } catch (error) {
      if (!isFull.test(wordsOf(error))) throw error;
      await pause(fullMs);
    }
  }
}

/** Tells of all replies that are signed by whom they name, from the first that waits. */
async function listen({ manager, streams }: Broker, run: string): Promise<never> {
  const signatures = new Signatures();
  const consumer = await streams.consumers.get(names.replies, { filter_subjects: repliesTo(run) });
  let waiting = (await consumer.info()).num_pending;
  if (waiting === 0) report({ open: true });
  for (;;) {
    for await (const message of await consumer.fetch({ max_messages: 256, expires: fetchMs })) {
      if (message.data.length <= most.messageBytes) {
        const replies = decoder.decode(message.data);
        if (await signatures.hold(replies)) report({ replies });
      }
      if (waiting > 0 && --waiting === 0) report({ open: true });
    }
    // A stream that is gone hands out nothing, and says nothing.
    await manager.streams.info(names.replies);
  }
}

/** Tells which evaluators are there. */
async function watch({ manager, evaluators }: Broker): Promise<never> {
  for (;;) {
    const present = (await seenIn(manager, evaluators)).map(({ presence }) => presence);
    report({ present });
    await pause(presence.every);
  }
}

function lostBroker(error: unknown): StepFailed {
  const words = error instanceof Error ? `: ${wordsOf(error)}` : "";
  return new StepFailed({ code: "broker.lost", message: `The connection to the broker was lost${words}.` });
}

const lines: AsyncIterator<string> = createInterface({ input: stdin })[Symbol.asyncIterator]();

async function* requests(): AsyncGenerator<CarrierRequest> {
  for (;;) {
    const { value, done } = await lines.next();
    if (done) return;
    yield JSON.parse(value);
  }
}

Deno.stdout.writeSync(encoder.encode(`${readyLine}\n`));
const first = await lines.next();
if (!first.done) {
  try {
    await carry(JSON.parse(first.value), requests());
    Deno.exit(0);
  } catch (error) {
    const issue = error instanceof StepFailed
      ? error.issue
      : { code: "broker.lost", message: `The broker did not do what it was asked: ${wordsOf(error)}.` };
    report({ failed: issue });
    Deno.exit(1);
  }
}
