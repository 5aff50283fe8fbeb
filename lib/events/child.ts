/**
 * A process of a hook: in a group of its own, its output counted, ended with all that it started.
 *
 * @module
 */

/** What the process is and may do. */
export interface ChildOptions {
  /** Program and arguments; no shell. */
  readonly command: readonly string[];
  /** Working folder. */
  readonly cwd: string;
  /** Bytes on stdout or stderr after which `onFlood` is called. */
  readonly outputBytes: number;
  readonly onFlood: () => void;
  /** Called with each piece of stdout. */
  readonly onOutput?: (bytes: Uint8Array) => void;
}

/** A process of a hook. */
export class Child {
  readonly status: Promise<Deno.CommandStatus>;
  readonly #child: Deno.ChildProcess;
  readonly #writer: WritableStreamDefaultWriter<Uint8Array>;
  readonly #readers: ReadableStreamDefaultReader<Uint8Array>[];
  readonly #options: ChildOptions;
  readonly #read = { stdout: 0, stderr: 0 };

  /**
   * Starts the process.
   *
   * Needs run permission for all programs, since only that allows a group to be ended.
   *
   * @throws {Deno.errors.NotFound} If there is no such program.
   */
  constructor(options: ChildOptions) {
    const [program, ...args] = options.command;
    this.#options = options;
    this.#child = new Deno.Command(program!, {
      args,
      cwd: options.cwd,
      stdin: "piped",
      stdout: "piped",
      stderr: "piped",
      detached: true,
    }).spawn();
    this.status = this.#child.status;
    this.#writer = this.#child.stdin.getWriter();
    this.#readers = (["stdout", "stderr"] as const).map((name) => this.#drain(name));
  }

  /** Writes to stdin. A process that does not read is not the writer's problem. */
  async write(text: string): Promise<void> {
    try {
      await this.#writer.write(new TextEncoder().encode(text));
    } catch {
      // It has closed its stdin, or ended: its status tells.
    }
  }

  /** Tells the process that nothing more comes. */
  async closeInput(): Promise<void> {
    try {
      await this.#writer.close();
    } catch {
      // As above.
    }
  }

  /** Lets it write as much again as it may for one event. */
  resetOutput(): void {
    this.#read.stdout = this.#read.stderr = 0;
  }

  /** Ends the whole group, whatever is left of it, and waits for the process. */
  async end(): Promise<void> {
    killGroup(this.#child.pid);
    await this.status;
    await Promise.allSettled([this.#writer.abort(), ...this.#readers.map((reader) => reader.cancel())]);
  }

  #drain(name: "stdout" | "stderr"): ReadableStreamDefaultReader<Uint8Array> {
    const reader = this.#child[name].getReader();
    const { outputBytes, onFlood, onOutput } = this.#options;
    const read = async () => {
      for (;;) {
        const { done, value } = await reader.read();
        if (done) return;
        this.#read[name] += value.length;
        if (this.#read[name] > outputBytes) return onFlood();
        if (name === "stdout") onOutput?.(value);
      }
    };
    read().catch(() => {}); // Cancelled, or the pipe broke: the status tells.
    return reader;
  }
}

function killGroup(pid: number): void {
  try {
    Deno.kill(-pid, "SIGKILL");
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error; // Nothing of the group is left.
  }
}
