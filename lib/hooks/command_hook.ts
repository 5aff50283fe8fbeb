/**
 * A hook that is a program: started for each event, which it gets as JSON on its stdin.
 *
 * @module
 */

import { Deadline } from "../isolation/deadline.ts";
import type { Issue } from "../util/issue.ts";
import { Child } from "./child.ts";
import { type Delivery, flooded, type HookLimits, notStarted, timedOut } from "./delivery.ts";
import type { Message } from "./message.ts";

/** Delivers events to a program. */
export class CommandHook implements Delivery {
  readonly label: string;
  readonly #command: readonly string[];
  readonly #cwd: string;
  readonly #limits: HookLimits;

  /**
   * @param command Program and arguments; no shell sees them.
   * @param cwd Working folder.
   */
  constructor(command: readonly string[], options: { readonly cwd: string; readonly limits: HookLimits }) {
    this.label = `command ${command[0]!.split("/").at(-1)}`;
    this.#command = command;
    this.#cwd = options.cwd;
    this.#limits = options.limits;
  }

  async deliver({ event }: Message, signal: AbortSignal): Promise<Issue | undefined> {
    const { promise, resolve } = Promise.withResolvers<Issue | Deno.CommandStatus>();
    const { outputBytes, timeoutMs } = this.#limits;
    let child: Child;
    try {
      const onFlood = () => resolve(flooded(this.label, this.#limits));
      child = new Child({ command: this.#command, cwd: this.#cwd, outputBytes, onFlood });
    } catch (error) {
      return notStarted(this.label, error);
    }
    using _deadline = new Deadline(timeoutMs, () => resolve(timedOut(this.label, this.#limits)));
    const abort = () => resolve({ code: "hook.interrupted", message: `The hook ${this.label} was interrupted.` });
    signal.addEventListener("abort", abort, { once: true });
    child.status.then(resolve);
    child.write(`${JSON.stringify(event)}\n`).then(() => child.closeInput());
    const end = await promise;
    signal.removeEventListener("abort", abort);
    await child.end();
    return "message" in end ? end : this.#issueOf(end);
  }

  async close(): Promise<void> {}

  #issueOf({ success, code, signal }: Deno.CommandStatus): Issue | undefined {
    if (success) return undefined;
    const how = signal === null ? `with exit code ${code}` : `by ${signal}`;
    return { code: "hook.failed", message: `The hook ${this.label} ended ${how}.` };
  }
}
