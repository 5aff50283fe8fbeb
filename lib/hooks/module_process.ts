/**
 * The process that a module hook runs in: asked one event after the other, and heard in whatever way the module prints.
 *
 * Answers and what is printed share stdout. An answer stands between two copies of a token that is drawn for its event
 * and that the module is not given, so nothing that it prints can be taken for an answer, nor end one.
 *
 * @module
 */

import type { HookEvent } from "./message.ts";
import type { Issue } from "../util/issue.ts";
import { Child, type OutputStream } from "./child.ts";
import { flooded, type HookLimits } from "./delivery.ts";
import { Printed } from "../util/printed.ts";

/** How the process is started. */
export interface ModuleProcessOptions {
  /** The hook's name in messages. */
  readonly label: string;
  readonly command: readonly string[];
  /** Its working folder. */
  readonly folder: string;
  readonly limits: HookLimits;
  /** Says a line that it has printed. */
  readonly say: (line: string) => void;
}

/** A process in which a module is called. */
export class ModuleProcess {
  readonly #child: Child;
  readonly #printed: Readonly<Record<OutputStream, Printed>>;
  readonly #decoders = { stdout: new TextDecoder(), stderr: new TextDecoder() };
  /** Settles when it has ended, or has written too much. */
  readonly #over: Promise<Issue>;
  #token = "";
  /** What stands on stdout since the last answer. */
  #text = "";
  /** The end of it, in which the token may have begun. */
  #tail = "";
  #answered: (answer: string) => void = () => {};

  /** @throws {Deno.errors.NotFound} If there is no such program. */
  constructor({ label, command, folder, limits, say }: ModuleProcessOptions) {
    const { promise, resolve } = Promise.withResolvers<Issue>();
    this.#over = promise;
    this.#printed = { stdout: new Printed(say), stderr: new Printed(say) };
    this.#child = new Child({
      command,
      cwd: folder,
      outputBytes: limits.outputBytes,
      onFlood: () => resolve(flooded(label, limits)),
      onOutput: (bytes, stream) => this.#receive(this.#decoders[stream].decode(bytes, { stream: true }), stream),
    });
    this.#child.over().then(({ code }) => {
      resolve({ code: "hook.ended", message: `The hook ${label} ended by itself, with exit code ${code}.` });
    });
  }

  /**
   * Has the module called with an event.
   *
   * @returns Its answer, which is empty if all went well; or what went wrong, now or since the last event.
   */
  async ask(event: HookEvent): Promise<Issue | { readonly answer: string }> {
    const { promise, resolve } = Promise.withResolvers<{ readonly answer: string }>();
    this.#answered = (answer) => resolve({ answer });
    this.#token = crypto.randomUUID();
    this.#tail = "";
    this.#child.resetOutput();
    this.#child.write(`${this.#token} ${JSON.stringify(event)}\n`);
    // What comes first counts, so neither may be taken for later than it has come.
    return await Promise.race([promise, this.#over]);
  }

  /** Ends it, and says what it has printed last. */
  async end(): Promise<void> {
    await this.#child.end();
    this.#printed.stdout.push(this.#text);
    for (const printed of Object.values(this.#printed)) printed.end();
  }

  #receive(text: string, stream: OutputStream): void {
    if (stream === "stderr") return this.#printed.stderr.push(text);
    this.#text += text;
    if (this.#token === "") return;
    // Only what is new is looked at: the module may print in many pieces.
    const looked = this.#tail + text;
    this.#tail = looked.slice(1 - this.#token.length);
    if (!looked.includes(this.#token)) return;
    const [before, answer, after] = this.#text.split(this.#token);
    if (after === undefined) return;
    this.#token = "";
    this.#text = after;
    this.#printed.stdout.push(`${before}\n`);
    this.#answered(answer!);
  }
}
