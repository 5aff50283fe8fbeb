/**
 * The replies to a batch, published in groups as they come.
 *
 * @module
 */

import type { Replied } from "../../evaluators/protocol.ts";

/** How long a reply waits for others at most, in milliseconds: one that takes long does not hold up those before it. */
const groupMs = 200;

/** Publishes replies: what comes within a short time together, and the rest when the batch is over. */
export class ReplyGroups {
  readonly #publish: (replies: readonly Replied[]) => Promise<void>;
  #ready: Replied[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** One group is published after the other. */
  #published: Promise<void> = Promise.resolve();

  constructor(publish: (replies: readonly Replied[]) => Promise<void>) {
    this.#publish = publish;
  }

  /** Takes a reply that is ready. */
  add(reply: Replied): void {
    this.#ready.push(reply);
    this.#timer ??= setTimeout(() => this.#flush(), groupMs);
  }

  /** Publishes what is left; resolves when the broker has all. @throws What publishing any of them has thrown. */
  async end(): Promise<void> {
    this.#flush();
    await this.#published;
  }

  /** Publishes nothing more. */
  drop(): void {
    clearTimeout(this.#timer);
    this.#ready = [];
  }

  #flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const ready = this.#ready;
    this.#ready = [];
    if (ready.length === 0) return;
    this.#published = this.#published.then(() => this.#publish(ready));
    // Told by `end()`.
    this.#published.catch(() => {});
  }
}
