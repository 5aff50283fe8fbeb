/**
 * What a step writes to stdout: records as NDJSON, as one JSON array or as a table.
 *
 * @module
 */

import type { AnyRecord } from "../records/record.ts";
import { escaped, jsonLine } from "../util/json_line.ts";
import { lazily } from "../util/lazy.ts";

/** The formats that every step knows. */
export const formats = ["ndjson", "json", "table"] as const;

const encoder = new TextEncoder();
const flushChars = 16_384;
const flushMs = 50;
/** Asked at the start: a terminal that was closed is none any more. */
const onTerminal = Deno.stdout.isTerminal();

/** Where the records of one step go. */
export class Output {
  readonly #format: string;
  readonly #columns: readonly string[];
  readonly #rows: AnyRecord[] = [];
  #buffer = "";
  #isWaiting = false;
  #records = 0;
  #closed = false;

  /**
   * @param format One of {@linkcode formats}; with any other one, records are not shown.
   * @param columns Fields of the records that the table shows; absent: those of the first record.
   */
  constructor(format: string, columns: readonly string[] = []) {
    this.#format = format;
    this.#columns = columns;
  }

  /** Whether the reader has gone away: nothing more is written then, and that is no error. */
  get closed(): boolean {
    return this.#closed;
  }

  /** Writes a record. */
  record(record: AnyRecord): void {
    switch (this.#format) {
      case "ndjson":
        return this.text(jsonLine(record));
      case "json":
        return this.text(`${this.#records++ === 0 ? "[" : ","}\n${escaped(JSON.stringify(record))}`);
      case "table":
        if (record.id !== null || record.type !== "step.finished") this.#rows.push(record);
    }
  }

  /** Writes text as it is. */
  text(text: string): void {
    this.#buffer += text;
    if (this.#buffer.length >= flushChars) this.flush();
    else if (!this.#isWaiting) this.#wait();
  }

  /** Writes what the format still needs, and all that is in the buffer. */
  async end(): Promise<void> {
    if (this.#format === "json") this.text(this.#records === 0 ? "[]\n" : "\n]\n");
    if (this.#format === "table" && this.#rows.length > 0) {
      const { table } = await lazily<typeof import("./table.ts")>("./table.ts", import.meta.url);
      this.text(table(this.#rows, this.#columns));
      this.#rows.length = 0;
    }
    this.flush();
  }

  /** By a signal, as a timer would load what takes 8 ms at the start of each step. */
  #wait(): void {
    this.#isWaiting = true;
    AbortSignal.timeout(flushMs).onabort = () => {
      this.#isWaiting = false;
      this.flush();
    };
  }

  /** Writes what is in the buffer. */
  flush(): void {
    const bytes = encoder.encode(this.#buffer);
    this.#buffer = "";
    if (!this.#closed) this.#closed = !writeAll(Deno.stdout, bytes);
  }
}

/**
 * Writes all bytes at once.
 *
 * @returns False if nothing reads them any more.
 */
export function writeAll(stream: { writeSync(bytes: Uint8Array): number }, bytes: Uint8Array): boolean {
  for (let at = 0; at < bytes.length;) {
    try {
      at += stream.writeSync(bytes.subarray(at));
    } catch (error) {
      if (error instanceof Deno.errors.BrokenPipe || isClosedTerminal(error)) return false;
      // The maker of the pipe may have set it not to block: there is room again once some has been read.
      if (!(error instanceof Deno.errors.WouldBlock)) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2);
    }
  }
  return true;
}

function isClosedTerminal(error: unknown): boolean {
  return onTerminal && (error as { readonly code?: unknown }).code === "EIO";
}
