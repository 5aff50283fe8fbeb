/**
 * The evaluators that a broker knows.
 *
 * @module
 */

import type { JetStreamManager } from "@nats-io/jetstream";
import type { KV } from "@nats-io/kv";
import { broker as names, bucketOf } from "./names.ts";
import { type EvaluatorPresence, readPresence } from "./presence.ts";
import { ifMessage } from "./protocol.ts";

const prefix = `$KV.${names.evaluators}.`;

/** An evaluator, and when it last said that it is there. */
export interface Seen {
  readonly presence: EvaluatorPresence;
  /** Milliseconds since 1970, by the broker's clock. */
  readonly at: number;
}

/**
 * All that are in the bucket of evaluators and not gone.
 *
 * The stream tells their names: to ask the bucket for its keys leaves a consumer at the broker, for minutes each time.
 */
export async function seenIn(manager: JetStreamManager, evaluators: KV): Promise<Seen[]> {
  const seen: Seen[] = [];
  const { state } = await manager.streams.info(bucketOf(names.evaluators), { subjects_filter: `${prefix}>` });
  for (const subject of Object.keys(state.subjects ?? {})) {
    const name = subject.slice(prefix.length);
    const entry = await evaluators.get(name);
    if (!entry || entry.length === 0) continue;
    // What is no presence of this version is of no evaluator that batches could be meant for.
    const presence = ifMessage(() => readPresence(entry.string()));
    if (presence?.name === name) seen.push({ presence, at: entry.created.getTime() });
  }
  return seen;
}
