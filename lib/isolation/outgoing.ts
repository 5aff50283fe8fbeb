/**
 * What is on its way to a process: written together as far as it comes together.
 *
 * @module
 */

import { setImmediate } from "node:timers";

const encoder = new TextEncoder();

/** Writes text to the stdin of a process; whoever writes does not wait. */
export class Outgoing {
  readonly #stdin: WritableStreamDefaultWriter<Uint8Array>;
  #unsent = "";
  #sending: Promise<void> | undefined;

  constructor(stdin: WritableStream<Uint8Array>) {
    this.#stdin = stdin.getWriter();
  }

  /** Writes a text; a process that has ended takes nothing in, which is noticed where its replies are read. */
  send(text: string): void {
    this.#unsent += text;
    this.#sending ??= this.#flush().catch(() => {});
  }

  /** Closes stdin when all is written. */
  async close(): Promise<void> {
    await this.#sending;
    await this.#stdin.close().catch(() => {});
  }

  async #flush(): Promise<void> {
    // Those who write at the same time, such as all whose replies have come at once, are written together.
    await new Promise((resolve) => setImmediate(resolve));
    while (this.#unsent !== "") {
      const bytes = encoder.encode(this.#unsent);
      this.#unsent = "";
      await this.#stdin.write(bytes);
    }
    this.#sending = undefined;
  }
}
