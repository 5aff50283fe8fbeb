/**
 * One process without permissions that says that it is ready and then answers lines with lines.
 *
 * @module
 */

import { setImmediate } from "node:timers";
import { readyLine } from "../runtime/ready.ts";
import { tailOf } from "../util/concat.ts";
import { endGroup, type ProcessEnd, startGroup } from "./launch.ts";
import type { CommandLine } from "./launcher.ts";

/** Bytes of stderr that are kept: the last ones. */
const stderrBytes = 4096;

const encoder = new TextEncoder();

/** A process, from its start to its end. */
export class LineProcess {
  /** Resolves when it has ended, whatever ended it. */
  readonly ended: Promise<ProcessEnd>;
  readonly #child: Deno.ChildProcess;
  readonly #stdin: WritableStreamDefaultWriter<Uint8Array>;
  #unsent = "";
  #sending: Promise<void> | undefined;
  #isRefused = false;
  #exceeded: ProcessEnd["exceeded"];

  /**
   * Starts it. Needs run permission for `/bin/sh`.
   *
   * @param longest Longest line from it, in UTF-16 code units.
   * @param take Given each line that it writes; false if nothing has asked for it: then the process is ended.
   */
  constructor(command: CommandLine, longest: number, take: (line: string) => boolean) {
    this.#child = startGroup(command);
    this.#stdin = this.#child.stdin.getWriter();
    this.ended = this.#read(longest, take);
  }

  /** Whether it was asked to end. */
  get isRefused(): boolean {
    return this.#isRefused;
  }

  /** Writes a text, without waiting; a process that has ended takes nothing in, which its end tells. */
  send(text: string): void {
    this.#unsent += text;
    this.#sending ??= this.#flush().catch(() => {});
  }

  /** Lets it come to its end, which it does when its input is over. */
  async close(): Promise<void> {
    await this.#sending;
    await this.#stdin.close().catch(() => {});
  }

  /** Ends it and its group, maybe for a limit that it has reached. */
  end(exceeded?: "wall" | "output"): void {
    if (this.#isRefused) return;
    this.#isRefused = true;
    this.#exceeded = exceeded;
    endGroup(this.#child);
  }

  async #flush(): Promise<void> {
    // What is sent at the same time, such as when many answers have come at once, is written together.
    await new Promise((resolve) => setImmediate(resolve));
    while (this.#unsent !== "") {
      const bytes = encoder.encode(this.#unsent);
      this.#unsent = "";
      await this.#stdin.write(bytes);
    }
    this.#sending = undefined;
  }

  async #read(longest: number, take: (line: string) => boolean): Promise<ProcessEnd> {
    const began = performance.now();
    const stderr = tailOf(this.#child.stderr, stderrBytes);
    const decoder = new TextDecoder();
    let held = "", ready = false;
    for await (const chunk of this.#child.stdout) {
      const text = decoder.decode(chunk, { stream: true });
      held += text;
      // Only what is new is looked at: a line may come in many pieces.
      if (text.includes("\n")) {
        const lines = held.split("\n");
        held = lines.pop()!;
        if (!ready && lines[0] === readyLine) {
          ready = true;
          lines.shift();
        }
        if (lines.length > 0 && !(ready && lines.every(take))) this.end();
      }
      if (held.length > longest) this.end("output");
      if (this.#isRefused) break;
    }
    const { code, signal } = await this.#child.status;
    const wallMs = performance.now() - began;
    const exceeded = this.#exceeded;
    return { code, signal, ready, stdout: new Uint8Array(), stderr: await stderr, exceeded, wallMs };
  }
}
