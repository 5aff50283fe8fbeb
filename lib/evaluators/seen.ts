/**
 * The evaluators that a broker knows.
 *
 * @module
 */

import type { KV } from "@nats-io/kv";
import { type EvaluatorPresence, readPresence } from "./presence.ts";
import { ifMessage } from "./protocol.ts";

/** An evaluator, and when it last said that it is there. */
export interface Seen {
  readonly presence: EvaluatorPresence;
  /** Milliseconds since 1970, by the broker's clock. */
  readonly at: number;
}

/** All that are in the bucket of evaluators and not gone. */
export async function seenIn(evaluators: KV): Promise<Seen[]> {
  const seen: Seen[] = [];
  for await (const name of await evaluators.keys()) {
    const entry = await evaluators.get(name);
    if (!entry || entry.length === 0) continue;
    // What is no presence of this version is of no evaluator that batches could be meant for.
    const presence = ifMessage(() => readPresence(entry.string()));
    if (presence?.name === name) seen.push({ presence, at: entry.created.getTime() });
  }
  return seen;
}
