/**
 * Replies that came before they were asked for: those to a supervisor that has ended, and strangers'.
 *
 * @module
 */

import type { Replied, Sender } from "./protocol.ts";

/** A reply, and who gave it. */
export interface Given extends Pick<Sender, "evaluator" | "instance"> {
  readonly replied: Replied;
}

/** How much of them is kept, in UTF-16 code units. */
const most = 64 * 1024 * 1024;

/** Replies by the keys of what they are to. */
export class WaitingReplies {
  /** The oldest first. */
  readonly #replies = new Map<string, Given>();
  #length = 0;

  /** Keeps a reply until it is asked for, in the place of those that have waited longest; the first one to a key stays. */
  keep(key: string, given: Given): void {
    if (this.#replies.has(key)) return;
    this.#replies.set(key, given);
    this.#length += lengthOf(given);
    for (const oldest of this.#replies.keys()) {
      if (this.#length <= most) return;
      this.take(oldest);
    }
  }

  /** The reply to a key, which waits no longer; undefined if there is none. */
  take(key: string): Given | undefined {
    const given = this.#replies.get(key);
    if (!given) return undefined;
    this.#replies.delete(key);
    this.#length -= lengthOf(given);
    return given;
  }

  /** Forgets all of them. */
  clear(): void {
    this.#replies.clear();
    this.#length = 0;
  }
}

function lengthOf({ replied: { reply, failure } }: Given): number {
  return 200 + (reply?.length ?? 0) + (failure?.message.length ?? 0) + (failure?.detail?.length ?? 0);
}
