/**
 * A hook that is a module in `plugins/`: its default export is called with each event, in a process of its own.
 *
 * A process, since a Worker in an endless loop can't be ended.
 *
 * @module
 */

import { projectRoot } from "../run/paths.ts";
import { Deadline } from "../isolation/deadline.ts";
import type { Issue } from "../util/issue.ts";
import { type Delivery, type HookLimits, notStarted, timedOut } from "./delivery.ts";
import type { Message } from "./message.ts";
import { ModuleProcess } from "./module_process.ts";
import { lacksSecret, redacted, secretOf } from "./secrets.ts";

const runner = `${projectRoot}/lib/hooks/module_runner.ts`;

/** What ended a delivery: what went wrong, or the module's answer. */
type End = Issue | { readonly answer: string };

/** Where a module works, and where what it prints is shown. */
export interface ModuleHookOptions {
  /** The one place where the module may write files. */
  readonly folder: string;
  readonly limits: HookLimits;
  /** Says a line that the module has printed. */
  readonly say: (line: string) => void;
  /** Names of variables that the module may read. */
  readonly secretEnv?: readonly string[];
  /** The folder that holds `plugins/`; absent: the project's. */
  readonly root?: string;
}

/** Delivers events to a module. */
export class ModuleHook implements Delivery {
  readonly label: string;
  readonly #path: string;
  readonly #root: string;
  readonly #options: ModuleHookOptions;
  #process: ModuleProcess | undefined;

  /** @param path Within the project, such as `plugins/notify.ts`. */
  constructor(path: string, options: ModuleHookOptions) {
    this.label = `module ${path}`;
    this.#path = path;
    this.#root = options.root ?? projectRoot;
    this.#options = options;
  }

  async deliver({ event }: Message, signal: AbortSignal): Promise<Issue | undefined> {
    const lacking = this.#secrets.find((name) => secretOf(name) === undefined);
    if (lacking !== undefined) return lacksSecret(this.label, lacking, "for its module");
    try {
      this.#process ??= this.#start();
    } catch (error) {
      return notStarted(this.label, error);
    }
    const { limits } = this.#options;
    const { promise, resolve } = Promise.withResolvers<End>();
    using _deadline = new Deadline(limits.timeoutMs, () => resolve(timedOut(this.label, limits)));
    const abort = () => resolve({ code: "hook.interrupted", message: `The hook ${this.label} was interrupted.` });
    signal.addEventListener("abort", abort, { once: true });
    const end = await Promise.race([promise, this.#process.ask(event)]);
    signal.removeEventListener("abort", abort);
    if ("answer" in end) return this.#issueOf(end.answer);
    await this.close();
    return end;
  }

  async close(): Promise<void> {
    const process = this.#process;
    this.#process = undefined;
    await process?.end();
  }

  get #secrets(): readonly string[] {
    return this.#options.secretEnv ?? [];
  }

  #start(): ModuleProcess {
    if (this.#path.split("/").includes("..")) throw new TypeError("it must stay in plugins/");
    const { folder, limits, say } = this.#options;
    Deno.mkdirSync(folder, { recursive: true });
    // Relative paths count from where the working folder really is, which links may have led to.
    const own = [...new Set([folder, Deno.realPathSync(folder)])].join();
    const command = [
      Deno.execPath(),
      "run",
      "--quiet",
      "--no-prompt",
      "--no-remote",
      `--config=${projectRoot}/deno.json`,
      `--allow-read=${this.#root}/plugins,${own}`,
      `--allow-write=${own}`,
      "--allow-net",
      ...(this.#secrets.length > 0 ? [`--allow-env=${this.#secrets.join()}`] : []),
      runner,
      `${this.#root}/${this.#path}`,
    ];
    return new ModuleProcess({
      label: this.label,
      command,
      folder,
      limits,
      say: (line) => say(redacted(`${this.label}: ${line}`, this.#secrets)),
    });
  }

  #issueOf(answer: string): Issue | undefined {
    if (answer === "") return undefined;
    const said = redacted(answer, this.#secrets).replace(" ", ": ").slice(0, 600);
    return { code: "hook.failed", message: `The hook ${this.label} ${said}` };
  }
}
