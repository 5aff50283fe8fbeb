/**
 * Looks once which evaluators are at a broker: the one process of `status` that may reach it, and nothing else.
 *
 * It is started by its path, with net permission for the servers and read permission for the keys alone, which are its arguments; it writes one
 * `LookoutReport` and ends. It makes nothing at the broker that lasts.
 *
 * @module
 */

import type { JetStreamManager } from "@nats-io/jetstream";
import { Kvm } from "@nats-io/kv";
import { StepFailed } from "../util/issue.ts";
import { hasStream, reachBroker } from "./broker.ts";
import type { Looked, LookoutReport, SeenEvaluator } from "./lookout.ts";
import { broker as names, bucketOf } from "./names.ts";
import { seenIn } from "./seen.ts";

/** How long what the broker is asked the time with may be left there, in nanoseconds. */
const inactiveNanos = 5e9;

async function look(looked: Looked): Promise<readonly SeenEvaluator[]> {
  return await reachBroker({ ...looked, name: "evolve status", role: "supervisor" }, async (connection, manager) => {
    const bucket = bucketOf(names.evaluators);
    // The first supervisor makes it.
    if (!await hasStream(manager, bucket)) return [];
    const seen = await seenIn(manager, await new Kvm(connection).open(names.evaluators));
    const now = await timeAt(manager, bucket);
    return seen.map(({ presence, at }) => ({
      ...presence,
      secondsSinceSeen: Math.max(0, Math.round((now - at) / 1000)),
    }));
  });
}

/** What time it is at the broker: servers of all versions tell when they have made a consumer. */
async function timeAt(manager: JetStreamManager, stream: string): Promise<number> {
  const { name, created } = await manager.consumers.add(stream, {
    ack_policy: "none",
    deliver_policy: "new",
    mem_storage: true,
    inactive_threshold: inactiveNanos,
  });
  await manager.consumers.delete(stream, name);
  return Date.parse(created);
}

let report: LookoutReport;
try {
  const [keys, ...servers] = Deno.args;
  report = { seen: await look({ servers, keys: keys! }) };
} catch (error) {
  if (!(error instanceof StepFailed)) throw error;
  report = { failed: error.issue };
}
const bytes = new TextEncoder().encode(JSON.stringify(report));
for (let at = 0; at < bytes.length;) at += Deno.stdout.writeSync(bytes.subarray(at));
Deno.exit(0);
