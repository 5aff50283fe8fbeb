import { Listing } from "../../lib/db/listing.ts";
import { projectRoot, type RunPaths, runPaths } from "../../lib/run/paths.ts";
import { stepCommand } from "../../lib/step/command.ts";

/** A run of its own under runs/, which is gone when it is disposed of. */
export class TestRun implements AsyncDisposable {
  readonly name: string = `test-${crypto.randomUUID().slice(0, 13)}`;
  readonly paths: RunPaths = runPaths(this.name);
  /** Ids of the agents that {@linkcode list} made, in order. */
  readonly ids: string[] = [];

  /** Makes a listing with so many agents, which have no folders. */
  list(agents: number, status = "active"): this {
    Deno.mkdirSync(this.paths.workspace, { recursive: true });
    using listing = Listing.open(this.paths.listing, { create: true });
    for (let i = 0; i < agents; i++) {
      const ordinal = this.ids.length;
      const id = `00000000-0000-8000-8000-${String(ordinal).padStart(12, "0")}`;
      listing.run(
        `INSERT INTO agents (ordinal, id, status, kind, stage, generation, born, genome_hash, code_hash, energy)
          VALUES (?, ?, ?, 'init', 'adult', 0, 0, ?, ?, 100)`,
        ordinal,
        id,
        status,
        "a".repeat(64),
        "b".repeat(64),
      );
      this.ids.push(id);
    }
    return this;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Deno.remove(this.paths.root, { recursive: true }).catch(() => {});
  }
}

/** What a step came to. */
export interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
  /** The lines of stdout, parsed where they are NDJSON. */
  readonly records: Record<string, unknown>[];
}

/** A step that is under way. */
export interface Running {
  readonly child: Deno.ChildProcess;
  /** Resolves, with what a pattern has found, when the text has been seen on stdout or stderr so far. */
  saw(text: string | RegExp): Promise<RegExpMatchArray | null>;
  readonly ended: Promise<Ended>;
}

/**
 * The arguments of `deno` that start a pipeline under its own permission set; a chain ends in a race where it is asked for.
 * Agents that share a process share one, as other tests have the other cores.
 */
export function pipeline(step: string, ...args: string[]): string[] {
  const isChain = step === "lifecycle" || step === "start";
  const isShared = (isChain || step === "supervise") && args.join(" ").includes("--isolation shared");
  return [
    ...stepCommand(step),
    ...args,
    ...(isChain && !args.includes("--race") ? ["--no-race"] : []),
    ...(isShared && !args.includes("--concurrency") ? ["--concurrency", "1"] : []),
  ];
}

/** The arguments of `deno` that start a script of the tests with all permissions. */
export function fixture(name: string, ...args: string[]): string[] {
  return ["run", "-q", "-A", `tests/step/fixtures/${name}`, ...args];
}

type Input = string | Uint8Array | ReadableStream<Uint8Array>;

/** Starts a step, by another program than `deno` and in another checkout if these are named; what is given as input is on its stdin. */
export function begin(
  args: readonly string[],
  input?: Input,
  program: string = Deno.execPath(),
  cwd: string = projectRoot,
): Running {
  const child = new Deno.Command(program, {
    args: [...args],
    cwd,
    // No wish for colours or against them: what a step writes must do without.
    env: { NO_COLOR: "", TERM: "xterm-256color" },
    stdin: input === undefined ? "null" : "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const watchers = new Set<() => void>();
  const text = { out: "", err: "" };
  const gather = async (stream: ReadableStream<Uint8Array>, name: "out" | "err") => {
    for await (const chunk of stream.pipeThrough(new TextDecoderStream())) {
      text[name] += chunk;
      for (const watch of watchers) watch();
    }
  };
  const all = Promise.all([gather(child.stdout, "out"), gather(child.stderr, "err"), child.status, feed(child, input)]);
  const ended = all.then(([, , { code }]) => ({ code, ...text, records: parse(text.out) }));
  return {
    child,
    ended,
    async saw(wanted): Promise<RegExpMatchArray | null> {
      const { promise, resolve } = Promise.withResolvers<void>();
      const pattern = typeof wanted === "string" ? RegExp.escape(wanted) : wanted;
      const find = () => (text.out + text.err).match(pattern);
      const watch = () => void (find() && resolve());
      watchers.add(watch);
      watch();
      await Promise.race([
        promise,
        ended.then(({ out, err }) => {
          if (!find()) throw new Error(`It ended without ${wanted}: ${out}${err}`);
        }),
      ]);
      watchers.delete(watch);
      return find();
    },
  };
}

/** Runs a step to its end. */
export async function run(args: readonly string[], input?: string | Uint8Array): Promise<Ended> {
  return await begin(args, input).ended;
}

/** A step on a terminal of its own. */
export interface OnTerminal extends Running {
  /** Closes the terminal. */
  close(): void;
}

/** Starts a step on a terminal, by another program than `deno` if one is named, and shows all it writes; needs Python. */
export function onTerminal(args: readonly string[], program: string = Deno.execPath()): OnTerminal {
  const { readable, writable } = new TransformStream<Uint8Array>();
  const running = begin(["tests/step/fixtures/terminal.py", program, ...args], readable, "python3");
  return { ...running, close: () => void writable.close() };
}

async function feed(child: Deno.ChildProcess, input: Input | undefined): Promise<void> {
  if (input === undefined) return;
  if (input instanceof ReadableStream) {
    return await input.pipeTo(child.stdin as WritableStream<Uint8Array>).catch(() => {});
  }
  const writer = child.stdin.getWriter();
  try {
    await writer.write(typeof input === "string" ? new TextEncoder().encode(input) : input);
    await writer.close();
  } catch {
    // It ended before it had read all.
  }
}

/** The lines of a text, parsed where all of them are NDJSON. */
export function parse(out: string): Record<string, unknown>[] {
  try {
    return out.trim().split("\n").filter((line) => line !== "").map((line) => JSON.parse(line));
  } catch {
    return [];
  }
}
