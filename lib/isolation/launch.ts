/**
 * Runs one process from its start to its end, under limits that its supervisor holds: time and output.
 *
 * @module
 */

import type { Cgroup } from "./cgroup.ts";
import { joined } from "../util/concat.ts";
import { Deadline } from "./deadline.ts";
import type { CommandLine } from "./launcher.ts";
import { shell, startLeader } from "../util/shell.ts";

/** How a process ended, and what it wrote. */
export interface ProcessEnd {
  /** Exit code; 128 and the signal's number if a signal ended it. */
  readonly code: number;
  readonly signal: Deno.Signal | null;
  /** Whether it said that it was ready; true where nothing was to be said. */
  readonly ready: boolean;
  /** What it wrote on stdout after it had said that it was ready: at most the limit. */
  readonly stdout: Uint8Array;
  /** The end of what it wrote on stderr. */
  readonly stderr: Uint8Array;
  /** What the supervisor ended it for, if it did. */
  readonly exceeded: "wall" | "output" | "memory" | undefined;
  /** Time from start to end in milliseconds. */
  readonly wallMs: number;
}

/** How far a process may go before its supervisor ends it. */
export interface LaunchOptions {
  /** Milliseconds from start to end. */
  readonly wallMs: number;
  /** Bytes on stdout, and on stderr. */
  readonly outputBytes: number;
  /** Bytes of stderr that are kept: the last ones. @default 4096 */
  readonly stderrBytes?: number;
  /** Written to stdin before its input. */
  readonly first?: Uint8Array;
  /** Ends it, as a limit does. */
  readonly signal?: AbortSignal;
  /** The line, without its end, by which the program says that it is ready. @default it says nothing of the kind */
  readonly ready?: string;
}

/**
 * Starts a process in a group of its own, hands it its input, and waits for its end.
 *
 * When a limit is exceeded the whole group is ended at once by SIGKILL; it is not asked first, since an agent has
 * nothing to save. The end of a process is the end of its output: a child of it that holds stdout open does not outlive
 * the time limit either, and one that left the group is not waited for; in a control group it is ended too.
 *
 * Needs run permission for `/bin/sh`. To be called from the main thread: a child that is tied to its supervisor dies
 * with the thread that started it.
 *
 * @param input Written to stdin, which is then closed.
 */
export async function launch(command: CommandLine, input: Uint8Array, options: LaunchOptions): Promise<ProcessEnd> {
  const began = performance.now();
  const child = startGroup(command);
  const stdout = child.stdout.getReader();
  const stderr = child.stderr.getReader();
  let exceeded: ProcessEnd["exceeded"];
  const endNow = () => {
    endGroup(child, command.cgroup);
    stdout.cancel().catch(() => {});
    stderr.cancel().catch(() => {});
  };
  const end = (reason: "wall" | "output") => {
    exceeded ??= reason;
    endNow();
  };
  const said = options.ready === undefined ? new Uint8Array() : new TextEncoder().encode(`${options.ready}\n`);
  using _deadline = new Deadline(options.wallMs, () => end("wall"));
  options.signal?.addEventListener("abort", endNow);
  if (options.signal?.aborted) endNow();
  try {
    const [out, error, status] = await Promise.all([
      readAll(stdout, options.outputBytes + said.length, () => end("output")),
      readTail(stderr, options.outputBytes, options.stderrBytes ?? 4096, () => end("output")),
      child.status,
      write(
        child.stdin,
        ...(command.cgroup ? [command.cgroup.lineOf(command.args)] : []),
        ...(options.first ? [options.first] : []),
        input,
      ),
    ]);
    const { code } = status;
    const signal = status.signal ?? (command.relays ? relayed(code) : null);
    if (signal === "SIGKILL" && exceeded === undefined && await command.cgroup?.ranOutOfMemory()) exceeded = "memory";
    const ready = said.every((byte, at) => out[at] === byte);
    return {
      code,
      signal,
      ready,
      stdout: ready ? out.subarray(said.length) : out,
      stderr: error,
      exceeded,
      wallMs: performance.now() - began,
    };
  } finally {
    options.signal?.removeEventListener("abort", endNow);
  }
}

/** The signals that a limit or an engine ends a process by, for each exit code that stands for one. */
const relayedSignals: ReadonlyMap<number, Deno.Signal> = new Map([
  [132, "SIGILL"],
  [133, "SIGTRAP"],
  [134, "SIGABRT"],
  [135, "SIGBUS"],
  [137, "SIGKILL"],
  [139, "SIGSEGV"],
  [143, "SIGTERM"],
  [152, "SIGXCPU"],
  [153, "SIGXFSZ"],
]);

/** Signals that nothing within a process brings about. */
const outsideSignals: ReadonlySet<string | null> = new Set(["SIGKILL", "SIGTERM", "SIGINT", "SIGHUP"]);

/** Whether a process that ended by this signal was ended from outside. */
export function isFromOutside(signal: string | null): boolean {
  return outsideSignals.has(signal);
}

function relayed(code: number): Deno.Signal | null {
  return relayedSignals.get(code) ?? null;
}

/**
 * Starts a process as the leader of a group, with nothing of this process's environment. Needs run permission.
 *
 * In a control group a shell is there already, which becomes the process when it gets its command line.
 */
export function startGroup({ program, args, cgroup }: CommandLine): Deno.ChildProcess {
  return cgroup ? cgroup.leader() : startLeader(program, args);
}

/**
 * Ends a process and all of its group by SIGKILL, and all that has left it where it is in a control group.
 *
 * Needs run permission for `/bin/sh`.
 */
export function endGroup(child: Deno.ChildProcess, cgroup?: Cgroup): void {
  // `Deno.kill(-pid)` would need permission to run anything. The group keeps its number while one member is there.
  new Deno.Command(shell, {
    args: ["-c", `${cgroup ? `${cgroup.ending}; ` : ""}kill -KILL -${child.pid}`],
    clearEnv: true,
    env: {},
    cwd: "/",
    stdin: "null",
    stdout: "null",
    stderr: "null",
  }).spawn();
  try {
    child.kill("SIGKILL");
  } catch {
    // It has ended by itself; the rest of its group has been seen to.
  }
}

async function write(stdin: WritableStream<Uint8Array>, ...inputs: readonly Uint8Array[]): Promise<void> {
  const writer = stdin.getWriter();
  try {
    for (const input of inputs) await writer.write(input);
    await writer.close();
  } catch {
    // It ended without reading all of its input; what it wrote tells whether that was right.
  }
}

type Reader = ReadableStreamDefaultReader<Uint8Array>;

async function readAll(reader: Reader, most: number, onMore: () => void): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return joined(chunks);
    if (length + value.length > most) {
      onMore();
      return joined([...chunks, value.subarray(0, most - length)]);
    }
    chunks.push(value);
    length += value.length;
  }
}

async function readTail(reader: Reader, most: number, kept: number, onMore: () => void): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0, held = 0;
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return joined(chunks).slice(-kept);
    chunks.push(value);
    length += value.length;
    held += value.length;
    // Cut only when twice as much is held, so that each byte is copied a bounded number of times.
    if (held > 2 * kept) {
      chunks.splice(0, chunks.length, joined(chunks).slice(-kept));
      held = chunks[0]!.length;
    }
    if (length <= most) continue;
    onMore();
    return joined(chunks).slice(-kept);
  }
}
