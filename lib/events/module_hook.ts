/**
 * A hook that is a module in `plugins/`: its default export is called with each event, in a process of its own.
 *
 * A process, since a Worker in an endless loop can't be ended.
 *
 * @module
 */

import { projectRoot } from "../agents/paths.ts";
import type { Issue } from "../issue.ts";
import { Child } from "./child.ts";
import { type Delivery, flooded, type HookLimits, notStarted, timedOut } from "./delivery.ts";
import type { RunEvent } from "./events.ts";

const runner = `${projectRoot}/lib/events/module_runner.ts`;

/** What the process says of one event. */
type Reply = { readonly number: number; readonly message?: string };

/** Delivers events to a module. */
export class ModuleHook implements Delivery {
  readonly label: string;
  readonly #path: string;
  readonly #folder: string;
  readonly #limits: HookLimits;
  readonly #root: string;
  #child: Child | undefined;
  #settle: (end: Issue | Reply) => void = () => {};
  #decoder = new TextDecoder();
  #line = "";

  /**
   * @param path Within the project, such as `plugins/notify.ts`.
   * @param options `folder`: the one place where the module may write files; `root`: the folder that holds `plugins/`,
   * that of the project by default.
   */
  constructor(
    path: string,
    options: { readonly folder: string; readonly limits: HookLimits; readonly root?: string },
  ) {
    this.label = `module ${path}`;
    this.#path = path;
    this.#folder = options.folder;
    this.#limits = options.limits;
    this.#root = options.root ?? projectRoot;
  }

  async deliver(event: RunEvent, signal: AbortSignal): Promise<Issue | undefined> {
    const { promise, resolve } = Promise.withResolvers<Issue | Reply>();
    this.#settle = resolve;
    if (!this.#child) {
      try {
        this.#start();
      } catch (error) {
        return notStarted(this.label, error);
      }
    }
    const timer = setTimeout(() => resolve(timedOut(this.label, this.#limits)), this.#limits.timeoutMs);
    const abort = () => resolve({ code: "hook.interrupted", message: `The hook ${this.label} was interrupted.` });
    signal.addEventListener("abort", abort, { once: true });
    this.#child!.resetOutput();
    this.#child!.write(`${JSON.stringify(event)}\n`);
    const end = await promise;
    clearTimeout(timer);
    signal.removeEventListener("abort", abort);
    if ("code" in end) {
      await this.close();
      return end;
    }
    return this.#issueOf(end, event);
  }

  async close(): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    this.#settle = () => {};
    await child?.end();
  }

  #start(): void {
    if (this.#path.split("/").includes("..")) throw new TypeError("it must stay in plugins/");
    Deno.mkdirSync(this.#folder, { recursive: true });
    this.#decoder = new TextDecoder();
    this.#line = "";
    const { outputBytes } = this.#limits;
    const child = this.#child = new Child({
      command: [
        Deno.execPath(),
        "run",
        "--quiet",
        "--no-prompt",
        "--no-remote",
        `--config=${projectRoot}/deno.json`,
        `--allow-read=${this.#root}/plugins,${this.#folder}`,
        `--allow-write=${this.#folder}`,
        "--allow-net",
        runner,
        `${this.#root}/${this.#path}`,
      ],
      cwd: this.#folder,
      outputBytes,
      onFlood: () => this.#settle(flooded(this.label, this.#limits)),
      onOutput: (bytes) => this.#receive(bytes),
    });
    child.status.then(({ code }) => {
      const message = `The hook ${this.label} ended by itself, with exit code ${code}.`;
      this.#settle({ code: "hook.ended", message });
    });
  }

  #receive(bytes: Uint8Array): void {
    this.#line += this.#decoder.decode(bytes, { stream: true });
    const end = this.#line.indexOf("\n");
    if (end < 0) return;
    const text = this.#line.slice(0, end);
    this.#line = this.#line.slice(end + 1);
    this.#settle(parseReply(text));
  }

  #issueOf({ number, message }: Reply, event: RunEvent): Issue | undefined {
    if (number !== event.number) {
      return { code: "hook.protocol", message: `The hook ${this.label} answered for another event.` };
    }
    if (message === undefined) return undefined;
    return { code: "hook.failed", message: `The hook ${this.label} threw: ${message}` };
  }
}

function parseReply(text: string): Reply {
  try {
    const { number, message } = JSON.parse(text);
    return { number, ...(message !== undefined && { message: String(message).slice(0, 500) }) };
  } catch {
    return { number: -1 };
  }
}
