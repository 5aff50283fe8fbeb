/**
 * Reads what control groups have taken so far.
 *
 * @module
 */

import { shell, startLeader } from "../util/shell.ts";

// Nothing but what the shell does itself: each program that it started would cost a millisecond.
const reading = `exec 2>/dev/null
  cd "$1" || exit 1
  while IFS= read -r group; do
    cpu= memory=
    while read -r name value; do [ "$name" = usage_usec ] && cpu=$value && break; done <"$group/cpu.stat"
    read -r memory <"$group/memory.peak"
    echo "$cpu $memory"
  done`;

/** What a group has taken since it was made; absent where the kernel does not tell. */
export interface GroupTotals {
  /** CPU time in microseconds. */
  readonly cpuUs?: number;
  /** Most memory at once, in bytes. */
  readonly memoryBytes?: number;
}

/** One shell that reads for all groups of a step, as this process may not. It ends with its stdin. */
export class Meter implements AsyncDisposable {
  readonly #child: Deno.ChildProcess;
  readonly #stdin: WritableStreamDefaultWriter<Uint8Array>;
  readonly #waiting: ((line: string) => void)[] = [];
  readonly #over: Promise<void>;
  #isOver = false;

  /**
   * Starts it. Needs run permission for `/bin/sh`.
   *
   * @param path The folder that the groups are in.
   */
  constructor(path: string) {
    this.#child = startLeader(shell, ["-c", reading, "sh", path]);
    this.#stdin = this.#child.stdin.getWriter();
    this.#over = this.#read();
  }

  /** What a group has taken, by the name of its folder; nothing where the shell is gone. */
  async read(group: string): Promise<GroupTotals> {
    if (this.#isOver) return {};
    const { promise, resolve } = Promise.withResolvers<string>();
    this.#waiting.push(resolve);
    this.#stdin.write(new TextEncoder().encode(`${group}\n`)).catch(() => {});
    const [, cpu, memory] = /^(\d*) (\d*)$/.exec(await promise) ?? [];
    return { ...(cpu && { cpuUs: Number(cpu) }), ...(memory && { memoryBytes: Number(memory) }) };
  }

  /** Waits for its end. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#stdin.close().catch(() => {});
    await Promise.all([this.#over, this.#child.stderr.cancel(), this.#child.status]);
  }

  async #read(): Promise<void> {
    let held = "";
    for await (const text of this.#child.stdout.pipeThrough(new TextDecoderStream())) {
      const lines = (held + text).split("\n");
      held = lines.pop()!;
      for (const line of lines) this.#waiting.shift()?.(line);
    }
    this.#isOver = true;
    for (const resolve of this.#waiting.splice(0)) resolve("");
  }
}
