/**
 * What may happen to a broker, its evaluators and a supervisor while a step runs.
 *
 * @module
 */

import { nkeys } from "@nats-io/transport-node";
import { batchesFor, Broker } from "../../lib/evaluators/broker.ts";
import { ackWaitMs, engineName, evaluationsOf, repliesTo } from "../../lib/evaluators/names.ts";
import type { Running } from "../step/_run.ts";
import { type Apart, type Cluster, signal } from "./_cluster.ts";
import { hasMachines } from "./_machines.ts";

/** What happens, with all that takes part. */
export type Failure = (cluster: Cluster, supervisor: Running) => Promise<void> | void;

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** How long what is wrong stays so, in milliseconds. */
const wrongMs = 2000;

/** Those that take a broker with keys, and hosts. */
const apart: Readonly<Record<string, (cluster: Cluster & { readonly apart: Apart }) => Promise<void>>> = {
  "a host of evaluators is cut off": async ({ apart: { machines } }) => {
    await machines.cut("one");
    await pause(wrongMs);
    await machines.plug("one");
  },
  "the host of the supervisor is cut off": async ({ apart: { machines } }) => {
    await machines.cut("home");
    await pause(wrongMs);
    await machines.plug("home");
  },
  "the disk of the broker is full": async ({ apart: { disk }, server }) => {
    await disk.fill();
    await pause(wrongMs);
    await disk.free();
    // A server that could not write has no JetStream until it is started again.
    await server.restart();
  },
  "the certificate of the broker has expired": async ({ apart: { keys }, server }) => {
    await keys.again({ renew: true, days: 10 }, 30);
    await server.restart();
    await pause(wrongMs);
    await keys.again({ renew: true });
    await server.restart();
  },
  "the broker knows no evaluator": async ({ apart: { keys }, server }) => {
    const path = `${keys.of("broker")}/access.conf`;
    const text = await Deno.readTextFile(path);
    const [, evaluator] = text.match(/\bU[A-Z2-7]{55}\b/g)!;
    await Deno.writeTextFile(path, text.replace(evaluator!, nkeys.createUser().getPublicKey()));
    await server.restart();
    await pause(wrongMs);
    await Deno.writeTextFile(path, text);
    await server.restart();
  },
};

/** All failures that are played. */
export const failures: Readonly<Record<string, Failure>> = {
  ...(hasMachines ? apart as unknown as Readonly<Record<string, Failure>> : {}),
  "an evaluator of another engine joins": (cluster) => cluster.visit(),
  "some batches end each evaluator that takes them": async (cluster) => {
    const whileEmpty = () => pause(100);
    await using broker = await Broker.join({ ...cluster.access("evaluator"), name: "poisoned", whileEmpty });
    const until = performance.now() + wrongMs;
    while (performance.now() < until) {
      const consumer = await batchesFor(broker, engineName());
      // What ends evaluators is handed out again, and not replied to.
      for await (const message of await consumer?.fetch({ max_messages: 1, expires: 1000 }) ?? []) message.nak();
    }
  },

  "an evaluator is killed": async (cluster) => {
    signal(cluster.evaluators.at(-1)!.child, "SIGKILL");
    await cluster.join();
  },
  "an evaluator is asked to end": async (cluster) => {
    signal(cluster.evaluators.at(-1)!.child, "SIGTERM");
    await cluster.join();
  },
  "an evaluator stands still": async (cluster) => {
    const { child } = cluster.evaluators.at(-1)!;
    signal(child, "SIGSTOP");
    await pause(1500);
    signal(child, "SIGCONT");
  },
  "the broker is killed": ({ server }) => server.restart(),
  "the broker is killed, and its disk is empty": ({ server }) => server.restart({ wipe: true }),
  "the broker stands still": async ({ server }) => {
    server.signal("SIGSTOP");
    await pause(1500);
    server.signal("SIGCONT");
  },
  "the supervisor is killed": (_cluster, { child }) => signal(child, "SIGKILL"),
  "the supervisor is asked to end": (_cluster, { child }) => signal(child, "SIGINT"),
  "the carrier is killed": (_cluster, { child }) => endCarrier(child.pid),
  "a liar joins": async (cluster) => void await cluster.deceive(),
  "a stranger writes what is none": async (cluster) => {
    const name = "stranger", whileEmpty = () => pause(100);
    await using broker = await Broker.connect({ ...cluster.access("supervisor"), name });
    await using evaluator = await Broker.join({ ...cluster.access("evaluator"), name, whileEmpty });
    const runs = new Set<string>();
    for (const stream of ["EV_EVALUATIONS", "EV_REPLIES"]) {
      const { state } = await broker.manager.streams.info(stream, { subjects_filter: ">" });
      for (const subject of Object.keys(state.subjects ?? {})) runs.add(subject.split(".")[1]!);
    }
    for (const run of [...runs, "nobody"]) {
      for (
        const text of [
          "",
          "\n",
          "{}",
          '{"version":1,"shared":"x"}\na\tb',
          '{"version":1,"evaluator":"e"}\nx\ty\tz',
          "\0",
        ]
      ) {
        await broker.streams.publish(evaluationsOf(run, engineName()), text);
        await evaluator.streams.publish(repliesTo(run), text);
      }
    }
    await broker.purge("nobody", { replies: true });
  },
};

/** Ends the process that reaches the broker for a supervisor, if it has one by now. */
async function endCarrier(supervisor: number): Promise<void> {
  const script =
    'for child in $(pgrep -f evaluators/carrier_main.ts); do parent=$(ps -o ppid= -p "$child" | tr -d " "); ' +
    `[ "$parent" = ${supervisor} ] && kill -KILL "$child"; done; true`;
  await new Deno.Command("/bin/sh", { args: ["-c", script] }).output();
}

/** Those that take longer than a batch may be left without a word, and are played by `deno task test:cluster` alone. */
export const slowFailures: Readonly<Record<string, Failure>> = {
  "an evaluator stands still for longer than its batch may": async (cluster) => {
    const { child } = cluster.evaluators.at(-1)!;
    signal(child, "SIGSTOP");
    await pause(ackWaitMs + wrongMs);
    signal(child, "SIGCONT");
  },
};
