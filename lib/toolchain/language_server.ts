/**
 * The native compiler as a language server: it is asked about files, and tells of each what is wrong with it as data.
 *
 * @module
 */

import { joined, tailOf } from "../util/concat.ts";
import { Deadline } from "../isolation/deadline.ts";
import { endGroup, type ProcessEnd, startGroup } from "../isolation/launch.ts";
import { shownText } from "../util/text.ts";
import type { ProcessLimits } from "../isolation/limits.ts";
import { failureOf, toolCommand, type ToolFailure, toolLimits } from "./tools.ts";

/** A mistake in a file. */
export interface Mistake {
  /** From 1. */
  readonly line: number;
  /** `TS2322: Type …`, one line, fit to be shown. */
  readonly text: string;
}

/** What the compiler said. */
export interface Diagnosis {
  /** The mistakes of each file that it came to an end with. */
  readonly mistakes: ReadonlyMap<string, readonly Mistake[]>;
  /** How it ended before it had told of all files; by that alone no file is known to be wrong. */
  readonly failed?: ToolFailure;
}

/** How the compiler is asked. */
export interface DiagnoseOptions {
  /** Ends it. */
  readonly signal?: AbortSignal;
  /** What it may take. @default toolLimits */
  readonly limits?: ProcessLimits;
}

interface Message {
  readonly id?: number | string;
  readonly method?: string;
  readonly result?: { readonly items?: readonly Item[] };
  readonly error?: { readonly message?: string };
}

interface Item {
  readonly severity: number;
  readonly code: number;
  readonly message: string;
  readonly range: { readonly start: { readonly line: number } };
}

/**
 * What is wrong with the types of files.
 *
 * Needs run permission for `/bin/sh`. To be called from the main thread.
 *
 * @param folder An absolute path; the settings are in its `tsconfig.json`.
 * @param files Paths within the folder.
 * @throws {StepFailed} If the compiler is missing, or ended for the machine's sake.
 */
export async function diagnose(
  folder: string,
  files: readonly string[],
  { signal, limits = toolLimits }: DiagnoseOptions = {},
): Promise<Diagnosis> {
  const command = await toolCommand("typescript", ["--lsp", "--stdio"], folder, limits);
  return await new Server(folder, command, limits, signal).ask(files);
}

class Server {
  readonly #root: string;
  readonly #child: Deno.ChildProcess;
  readonly #stdin: WritableStreamDefaultWriter<Uint8Array>;
  readonly #mistakes = new Map<string, readonly Mistake[]>();
  readonly #signal: AbortSignal | undefined;
  readonly #limits: ProcessLimits;
  #exceeded: ProcessEnd["exceeded"];
  #failed: string | undefined;

  constructor(
    folder: string,
    command: Parameters<typeof startGroup>[0],
    limits: ProcessLimits,
    signal: AbortSignal | undefined,
  ) {
    this.#root = `file://${folder.split("/").map(encodeURIComponent).join("/")}`;
    this.#limits = limits;
    this.#signal = signal;
    this.#child = startGroup(command);
    this.#stdin = this.#child.stdin.getWriter();
  }

  async ask(files: readonly string[]): Promise<Diagnosis> {
    const began = performance.now();
    using _deadline = new Deadline(this.#limits.wallSeconds * 1000, () => this.#end("wall"));
    const abort = () => this.#end();
    this.#signal?.addEventListener("abort", abort);
    try {
      const [, words] = await Promise.all([this.#talk(files), tailOf(this.#child.stderr, 64 * 1024)]);
      const { code, signal } = await this.#child.status;
      this.#signal?.throwIfAborted();
      if (this.#mistakes.size === files.length) return { mistakes: this.#mistakes };
      const wallMs = performance.now() - began;
      const end = {
        code,
        signal,
        ready: true,
        stdout: new Uint8Array(),
        stderr: words,
        exceeded: this.#exceeded,
        wallMs,
      };
      const refused = this.#failed === undefined ? undefined : { why: this.#failed, isSpent: false };
      const failed = refused ?? failureOf("typescript", end, this.#limits) ??
        { why: "it ended before it had told of all files", isSpent: false };
      return { mistakes: this.#mistakes, failed };
    } finally {
      this.#signal?.removeEventListener("abort", abort);
    }
  }

  /** Asks, and listens until all is answered or nothing more comes. */
  async #talk(files: readonly string[]): Promise<void> {
    if (this.#signal?.aborted) this.#end();
    const capabilities = { textDocument: { diagnostic: {} } };
    this.#send({ id: "begin", method: "initialize", params: { processId: null, rootUri: this.#root, capabilities } });
    let open = files.length;
    for await (
      const { id, method, result, error } of messages(this.#child.stdout, this.#limits, () => this.#end("output"))
    ) {
      if (method !== undefined) {
        // What it asks of an editor.
        if (id !== undefined) this.#send({ id, result: null });
      } else if (id === "begin") {
        this.#send({ method: "initialized", params: {} });
        files.forEach((file, number) => {
          const textDocument = { uri: `${this.#root}/${file.split("/").map(encodeURIComponent).join("/")}` };
          this.#send({ id: number, method: "textDocument/diagnostic", params: { textDocument } });
        });
      } else if (typeof id === "number") {
        if (result?.items) this.#mistakes.set(files[id]!, result.items.filter(isError).map(mistakeOf));
        else this.#failed ??= shownText(error?.message ?? "it has no answer");
        if (--open === 0) return this.#end();
      }
    }
    this.#stdin.close().catch(() => {});
  }

  #send(message: Readonly<Record<string, unknown>>): void {
    const body = JSON.stringify({ jsonrpc: "2.0", ...message });
    const head = `Content-Length: ${encoder.encode(body).length}\r\n\r\n`;
    // A server that has ended takes nothing in; its end is noticed where its answers are read.
    this.#stdin.write(encoder.encode(head + body)).catch(() => {});
  }

  #end(reason?: "wall" | "output"): void {
    this.#exceeded ??= reason;
    this.#stdin.close().catch(() => {});
    if (reason !== undefined || this.#signal?.aborted) endGroup(this.#child);
    try {
      this.#child.kill("SIGKILL");
    } catch {
      // It has ended by itself.
    }
  }
}

const encoder = new TextEncoder();

function isError({ severity }: Item): boolean {
  return severity === 1;
}

function mistakeOf({ code, message, range }: Item): Mistake {
  return { line: range.start.line + 1, text: shownText(`TS${code}: ${message.replaceAll(/\s*\n\s*/g, " ")}`, 2000) };
}

/** The messages of a stream, each after a head that tells its length. */
async function* messages(
  stream: ReadableStream<Uint8Array>,
  { outputKiB }: ProcessLimits,
  onMore: () => void,
): AsyncGenerator<Message> {
  const decoder = new TextDecoder();
  let [chunks, held, needed, length]: [Uint8Array[], number, number, number] = [[], 0, 0, 0];
  for await (const chunk of stream) {
    length += chunk.length;
    if (length > outputKiB * 1024) return onMore();
    chunks.push(chunk);
    held += chunk.length;
    if (held < needed) continue;
    let bytes = joined(chunks);
    for (;;) {
      const head = /^Content-Length: (\d+)\r\n(?:[^\r\n]+\r\n)*\r\n/i.exec(decoder.decode(bytes.subarray(0, 256)));
      needed = head ? head[0].length + Number(head[1]) : bytes.length + 1;
      if (bytes.length < needed) break;
      yield JSON.parse(decoder.decode(bytes.subarray(head![0].length, needed)));
      bytes = bytes.subarray(needed);
    }
    [chunks, held] = [[bytes], bytes.length];
  }
}
