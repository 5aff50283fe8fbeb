/**
 * What may happen to a broker, its evaluators and a supervisor while a step runs.
 *
 * @module
 */

import { Broker } from "../../lib/evaluators/broker.ts";
import { engineName, evaluationsOf, repliesTo } from "../../lib/evaluators/names.ts";
import type { Running } from "../step/_run.ts";
import { type Cluster, signal } from "./_cluster.ts";

/** What happens, with all that takes part. */
export type Failure = (cluster: Cluster, supervisor: Running) => Promise<void> | void;

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** All failures that are played. */
export const failures: Readonly<Record<string, Failure>> = {
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
  "a stranger writes what is none": async ({ server }) => {
    await using broker = await Broker.connect({ servers: [server.address], name: "stranger" });
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
        await broker.streams.publish(repliesTo(run), text);
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
