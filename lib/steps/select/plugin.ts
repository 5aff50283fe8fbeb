/**
 * Modules of the user's own in `plugins/`: each in a Worker that may read `plugins/` and nothing else.
 *
 * A Worker in an endless loop can't be relied on to stop; the step that waits for it fails, and its process ends.
 *
 * @module
 */

import { isFile } from "../../util/files.ts";
import { projectRoot } from "../../run/paths.ts";
import { Misuse, StepFailed } from "../../util/issue.ts";
import type { Sent } from "./plugin_shell.ts";
import type { Asked, Shape } from "./plugin_worker.ts";

/** Says that a default export is something else than the setting needs. */
export function unexpected({ type }: Shape): string {
  return `its default export is not what is expected there: it is ${
    type === "undefined" ? "absent" : `of type ${type}`
  }`;
}

/** What a module may take. */
export interface PluginLimits {
  /** Seconds for one call: for loading it, for the fitness of one result, for one choice of a strategy. */
  readonly callSeconds: number;
  /** Bytes by which the memory of the step's process may grow. */
  readonly memoryBytes: number;
}

/** The limits of each module. */
export const pluginLimits: PluginLimits = { callSeconds: 30, memoryBytes: 2 ** 30 };

/** What a module needs of its step. */
export interface PluginHost {
  /** Says a line on stderr. */
  readonly say: (text: string) => void;
  /** Aborted when the step is to end. */
  readonly signal: AbortSignal;
  readonly limits?: PluginLimits;
  /** The folder that holds `plugins/`; absent: the project's. */
  readonly root?: string;
}

const tickMs = 100;

/** A module of the user's own, loaded. */
export class Plugin implements Disposable {
  readonly path: string;
  readonly #worker: Worker;
  readonly #host: PluginHost;
  readonly #limits: PluginLimits;
  readonly #memory = Deno.memoryUsage().rss;
  #shape: Shape | undefined;
  #settle: ((sent: Sent | Error) => void) | undefined;
  #failure: Error | undefined;
  #ticks = 0;

  private constructor(path: string, host: PluginHost) {
    this.path = path;
    this.#host = host;
    this.#limits = host.limits ?? pluginLimits;
    const root = host.root ?? projectRoot;
    const module = new URL(`file://${encodeURI(root)}/${path}`).href;
    const shell = new URL("./plugin_worker.ts", import.meta.url).href;
    const entry = `import{serve}from${JSON.stringify(shell)};serve(()=>import(${JSON.stringify(module)}));`;
    this.#worker = new Worker(`data:text/javascript,${encodeURIComponent(entry)}`, {
      type: "module",
      name: path,
      deno: { permissions: { read: [`${root}/plugins`] } },
    });
    this.#worker.onmessage = ({ data }: MessageEvent<Sent>) => this.#receive(data);
    this.#worker.onerror = (event) => {
      event.preventDefault();
      this.#fail(this.#error("plugin.ended", `it ended: ${event.message}`));
    };
    this.#worker.onmessageerror = () => this.#fail(this.#error("plugin.answer", "its answer can't be read"));
  }

  /**
   * Loads a module in a Worker.
   *
   * Needs read permission for `plugins/` and `lib/`.
   *
   * @param path Path from the project's root, such as `plugins/fitness.ts`.
   * @param setting Where the configuration names it, for the message.
   * @param unfit Says why the default export can't be used; nothing where it can.
   * @throws {Misuse} If there is no such module, or its default export doesn't fit.
   * @throws {StepFailed} If it can't be loaded, ends, or takes too long.
   */
  static async load(
    path: string,
    setting: string,
    unfit: (shape: Shape) => string | undefined,
    host: PluginHost,
  ): Promise<Plugin> {
    findPlugin(path, setting, host.root);
    const plugin = new Plugin(path, host);
    try {
      const sent = await plugin.#exchange({ kind: "load" });
      if (sent.kind === "threw") {
        const message = `Cannot load the module ${path} that ${setting} names: ${sent.message}`;
        throw new StepFailed({ code: "plugin.load", message, path });
      }
      plugin.#shape = (sent as { readonly value: Shape }).value;
      const why = unfit(plugin.#shape);
      if (why !== undefined) {
        const message = `Cannot use the module that ${setting} names as ${why}.`;
        throw new Misuse({ code: "plugin.export", message, path });
      }
      return plugin;
    } catch (error) {
      plugin[Symbol.dispose]();
      throw error;
    }
  }

  /** What its default export is. */
  get shape(): Shape {
    return this.#shape!;
  }

  /**
   * Has the module called, and waits for the answer.
   *
   * @throws {StepFailed} If it throws, ends, or takes too long.
   * @throws The signal's reason if the step is to end.
   */
  async ask(asked: Asked): Promise<unknown> {
    const sent = await this.#exchange(asked);
    if (sent.kind === "answer") return sent.value;
    const { message, code } = sent as Sent & { kind: "threw" };
    if (code) throw new StepFailed({ code, message, path: this.path });
    throw this.#error("plugin.threw", `it threw: ${message}`);
  }

  [Symbol.dispose](): void {
    this.#worker.onmessage = null;
    this.#worker.terminate();
  }

  async #exchange(asked: Asked): Promise<Sent> {
    const { signal } = this.#host;
    signal.throwIfAborted();
    const { promise, resolve, reject } = Promise.withResolvers<Sent>();
    this.#settle = (sent) => sent instanceof Error ? reject(sent) : resolve(sent);
    if (this.#failure) reject(this.#failure);
    const abort = () => reject(signal.reason);
    signal.addEventListener("abort", abort, { once: true });
    this.#ticks = 0;
    const timer = setInterval(() => this.#tick(), tickMs);
    try {
      this.#worker.postMessage(asked);
      return await promise;
    } finally {
      clearInterval(timer);
      signal.removeEventListener("abort", abort);
      this.#settle = undefined;
    }
  }

  /** Counts only time in which this process ran, so that one that was stopped blames nothing. */
  #tick(): void {
    const { callSeconds, memoryBytes } = this.#limits;
    if (++this.#ticks * tickMs > callSeconds * 1000) {
      this.#fail(this.#error("plugin.timeout", `a call took more than ${callSeconds} s`));
    } else if (Deno.memoryUsage().rss - this.#memory > memoryBytes) {
      this.#fail(this.#error("plugin.memory", `it took more than ${Math.round(memoryBytes / 2 ** 20)} MiB of memory`));
    }
  }

  #receive(sent: Sent): void {
    if (sent.kind === "alive") this.#ticks = 0;
    else if (sent.kind === "printed") this.#print(sent.text);
    else if (sent.kind === "ended") this.#fail(this.#error("plugin.ended", `it called ${sent.how}()`));
    else if (this.#settle) this.#settle(sent);
    else if (sent.kind === "threw") this.#fail(this.#error("plugin.threw", `it threw: ${sent.message}`));
  }

  #print(text: string): void {
    for (const line of text.replace(/\n$/, "").split("\n")) this.#host.say(`${this.path}: ${line}`);
  }

  #fail(error: Error): void {
    this.#failure ??= error;
    this.#settle?.(this.#failure);
  }

  #error(code: string, what: string): StepFailed {
    const message = `Cannot select by the module ${this.path} as ${what.replace(/\.$/, "")}.`;
    return new StepFailed({ code, message, path: this.path });
  }
}

/**
 * Makes sure that a module in `plugins/` is there.
 *
 * Needs read permission for the module.
 *
 * @param path Path from the project's root, such as `plugins/fitness.ts`.
 * @param setting Where the configuration names it, for the message.
 * @param root The folder that holds `plugins/`.
 * @throws {Misuse} If it is not, or lies elsewhere.
 */
export function findPlugin(path: string, setting: string, root: string = projectRoot): void {
  if (path.split("/").includes("..")) {
    throw new Misuse({ code: "plugin.path", message: `Cannot use ${setting} as it must stay in plugins/.`, path });
  }
  if (!isFile(`${root}/${path}`)) {
    throw new Misuse({ code: "plugin.missing", message: `Cannot use ${setting} as there is no such module.`, path });
  }
}
