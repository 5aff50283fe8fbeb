/**
 * Batches as they are taken, and replies as they are given.
 *
 * @module
 */

import type { JsMsg } from "@nats-io/jetstream";
import type { Identity } from "../../evaluators/identity.ts";
import { most } from "../../evaluators/names.ts";
import { type Batch, MessageError, readBatch, type Replied } from "../../evaluators/protocol.ts";
import { sentence, shownText } from "../../util/text.ts";

const encoder = new TextEncoder();

/** Bytes of a reply's line besides the reply itself, and of the header, at most. */
const besides = 1024;

/** The batch that a message holds. @throws {MessageError} If it holds none. */
export function batchOf(message: JsMsg): Batch {
  if (message.data.length > most.messageBytes) throw new MessageError("It must be shorter");
  const batch = readBatch(message.string());
  if (batch.evaluations.length === 0 || batch.evaluations.length > most.batch) {
    throw new MessageError(`It must have 1 to ${most.batch} evaluations`);
  }
  return batch;
}

/** How evaluations end that are refused. */
export function refusal({ message }: MessageError): Replied["failure"] {
  return { outcome: "refused", message: sentence(shownText(message)) };
}

/**
 * Replies in as few texts as may be; one that no message holds is given as a failure, so that it is evaluated elsewhere.
 *
 * @param identity Of the evaluator.
 * @param mostPayload Bytes of the broker's largest message.
 */
export async function textsOf(
  identity: Identity,
  replies: readonly Replied[],
  mostPayload: number,
): Promise<string[]> {
  const texts: string[] = [];
  let some: Replied[] = [], length = 0;
  for (const one of replies) {
    const size = encoder.encode(one.reply ?? "").length + besides;
    if (some.length > 0 && length + size > most.batchBytes) {
      texts.push(await identity.text(some));
      [some, length] = [[], 0];
    }
    some.push(size <= Math.min(mostPayload, most.messageBytes) ? one : tooLong(one));
    length += size;
  }
  return [...texts, await identity.text(some)];
}

function tooLong({ key, wallMs }: Replied): Replied {
  return { key, wallMs, failure: { outcome: "output", message: "Its reply is longer than a message of the broker." } };
}
