/**
 * A process that answers line by line.
 *
 * @module
 */

import { tailOf } from "../util/concat.ts";
import { readyLine } from "../runtime/ready.ts";
import { Deadline } from "./deadline.ts";
import { endGroup, type ProcessEnd, startGroup } from "./launch.ts";
import type { CommandLine } from "./launcher.ts";

/** How far a process may go before its supervisor ends it. */
export interface ConversationOptions {
  /** Milliseconds from a line to its answer. */
  readonly wallMs: number;
  /** Longest answer in bytes. */
  readonly outputBytes: number;
}

/** Bytes of stderr that are kept: the last ones. */
const stderrBytes = 4096;
const lineFeed = 10;

/**
 * A process that is started at once, and answers each line with a line.
 *
 * To be used from the main thread: a child that is tied to its supervisor dies with the thread that started it.
 */
export class Conversation implements AsyncDisposable {
  readonly #options: ConversationOptions;
  readonly #child: Deno.ChildProcess;
  readonly #stdin: WritableStreamDefaultWriter<Uint8Array>;
  readonly #stdout: ReadableStreamDefaultReader<Uint8Array>;
  readonly #stderr: Promise<Uint8Array>;
  readonly #decoder = new TextDecoder();
  #ready = false;

  /** Needs run permission for `/bin/sh`. */
  constructor(command: CommandLine, options: ConversationOptions) {
    this.#options = options;
    this.#child = startGroup(command);
    this.#stdin = this.#child.stdin.getWriter();
    this.#stdout = this.#child.stdout.getReader();
    this.#stderr = tailOf(this.#child.stderr, stderrBytes);
  }

  /** Says a line, with its end, that is not answered. */
  tell(line: Uint8Array): void {
    // A process that has ended takes nothing in; its end is noticed where its answer is read.
    this.#stdin.write(line).catch(() => {});
  }

  /**
   * Says a line, with its end, and gives the answer without its end, or how the process ended before it came.
   *
   * To be called again when it has answered, not before.
   */
  async ask(line: Uint8Array): Promise<string | ProcessEnd> {
    const began = performance.now();
    let exceeded: ProcessEnd["exceeded"];
    const end = (reason: "wall" | "output") => {
      exceeded ??= reason;
      endGroup(this.#child);
      this.#stdout.cancel().catch(() => {});
    };
    using _deadline = new Deadline(this.#options.wallMs, () => end("wall"));
    this.tell(line);
    const answer = await this.#readLine(() => end("output"));
    if (answer !== undefined) return answer;
    const { code, signal } = await this.#child.status;
    const wallMs = performance.now() - began;
    const ready = this.#ready;
    return { code, signal, ready, stdout: new Uint8Array(), stderr: await this.#stderr, exceeded, wallMs };
  }

  /** Lets the process come to its end, which it does when its input is over. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#stdin.close().catch(() => {});
    await this.#stdout.cancel().catch(() => {});
    await this.#child.status;
    await this.#stderr;
  }

  async #readLine(onMore: () => void): Promise<string | undefined> {
    // Only what is new is looked at: an answer may come in many pieces.
    let held = "", length = 0;
    for (;;) {
      const { value, done } = await this.#stdout.read();
      if (done) return undefined;
      length += value.length;
      const before = held.length;
      held += this.#decoder.decode(value, { stream: true });
      if (!this.#ready && before <= readyLine.length && held.startsWith(`${readyLine}\n`)) {
        this.#ready = true;
        held = held.slice(readyLine.length + 1);
      }
      // The line that says that it is ready may come alone, and is no answer.
      if (this.#ready && held !== "" && value.at(-1) === lineFeed) return held.slice(0, -1);
      if (length > this.#options.outputBytes) onMore();
    }
  }
}
