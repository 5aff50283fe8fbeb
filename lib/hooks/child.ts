/**
 * A process of a hook: in a group of its own, its output counted, ended with all that it started.
 *
 * @module
 */

const streams = ["stdout", "stderr"] as const;

/** What a process writes to. */
export type OutputStream = typeof streams[number];

/** What the process is and may do. */
export interface ChildOptions {
  /** Program and arguments; no shell. */
  readonly command: readonly string[];
  /** Working folder. */
  readonly cwd: string;
  /** Bytes on stdout or stderr after which `onFlood` is called. */
  readonly outputBytes: number;
  readonly onFlood: () => void;
  /** Called with each piece of its output, also of what it wrote before it was ended; absent: output is dropped. */
  readonly onOutput?: (bytes: Uint8Array, stream: OutputStream) => void;
}

/** A process of a hook. */
export class Child {
  readonly status: Promise<Deno.CommandStatus>;
  readonly #child: Deno.ChildProcess;
  readonly #writer: WritableStreamDefaultWriter<Uint8Array>;
  readonly #readers: ReadableStreamDefaultReader<Uint8Array>[] = [];
  readonly #drained: Promise<unknown>;
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
    this.#drained = Promise.all(streams.map((name) => this.#drain(name)));
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

  /** Settles when the process has ended and all that it wrote was taken, or was too much. */
  async over(): Promise<Deno.CommandStatus> {
    await this.#drained;
    return await this.status;
  }

  /** Ends the whole group, whatever is left of it, and waits for the process. */
  async end(): Promise<void> {
    killGroup(this.#child.pid);
    await this.status;
    // Without permission to run anything it has left nothing behind that holds its output open.
    if (this.#options.onOutput) await this.#drained;
    await Promise.allSettled([this.#writer.abort(), ...this.#readers.map((reader) => reader.cancel())]);
  }

  async #drain(name: OutputStream): Promise<void> {
    const reader = this.#child[name].getReader();
    this.#readers.push(reader);
    const { outputBytes, onFlood, onOutput } = this.#options;
    try {
      for (;;) {
        const { done, value } = await reader.read();
        if (done) return;
        // What it may write counts, also where more comes with it.
        const room = outputBytes - this.#read[name];
        this.#read[name] += value.length;
        onOutput?.(value.subarray(0, room), name);
        if (value.length > room) return onFlood();
      }
    } catch {
      // Cancelled, or the pipe broke: the status tells.
    }
  }
}

function killGroup(pid: number): void {
  try {
    Deno.kill(-pid, "SIGKILL");
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error; // Nothing of the group is left.
  }
}
