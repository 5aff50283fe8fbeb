/** Processes that are no residents, and files that say that they are. */

import type { Place } from "../../../lib/isolation/residents/place.ts";
import { isSame, lookAt, type ProcessId } from "../../../lib/isolation/residents/processes.ts";
import { shellLines } from "../../../lib/isolation/residents/shell.ts";

/** A process that leads a group and has nothing to do with residents; what it has open is up to its script. */
export class Stranger implements AsyncDisposable {
  readonly #child: Deno.ChildProcess;
  readonly id: ProcessId;

  private constructor(child: Deno.ChildProcess, id: ProcessId) {
    this.#child = child;
    this.id = id;
  }

  static async start(script = "echo; exec sleep 1000 </dev/null", ...args: string[]): Promise<Stranger> {
    const child = new Deno.Command("/bin/sh", {
      args: ["-c", script, "sh", ...args],
      stdout: "piped",
      stderr: "null",
      detached: true,
    }).spawn();
    const reader = child.stdout.getReader();
    await reader.read();
    reader.releaseLock();
    return new Stranger(child, (await lookAt([child.pid])).get(child.pid)!);
  }

  /** Plants the file that names it as what a start became; all in it is true. */
  async plant(place: Place, agent = "a1"): Promise<void> {
    const [stat] = await shellLines("cat /proc/$1/stat", [this.id.pid]);
    await Deno.writeTextFile(place.pid, `${stat}\n${this.id.boot}\n${agent}\n`);
  }

  /** Resolves when it has ended, whatever became of its group. */
  get ended(): Promise<Deno.CommandStatus> {
    return this.#child.status;
  }

  async isThere(): Promise<boolean> {
    return isSame((await lookAt([this.id.pid])).get(this.id.pid), this.id);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    new Deno.Command("/bin/sh", { args: ["-c", `kill -KILL -${this.id.pid}`], stderr: "null" }).outputSync();
    await this.#child.stdout.cancel();
    await this.#child.status;
  }
}
