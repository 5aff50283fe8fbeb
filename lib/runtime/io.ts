/**
 * The two ends of a process: lines in on stdin, lines out on stdout, without waiting for anything else.
 *
 * What it needs is taken when it is loaded, before the globals are removed. In an engine without Deno there is no process.
 *
 * @module
 */

import { Lines } from "./lines.ts";

/** The process that this is, if it is one. */
export interface Process {
  /** The next line without its end, or undefined at the end of the input or where a line is too long. */
  read(): string | undefined;
  /** Writes a line. */
  write(line: string): void;
  /** Sets the code that the process ends with once nothing is left to do. */
  exit(code: number): void;
}

interface Deno {
  readonly stdin: { readSync(into: Uint8Array): number | null };
  readonly stdout: { writeSync(from: Uint8Array): number };
  exitCode: number;
}

interface Globals {
  readonly Deno?: Deno;
  readonly TextDecoder: new () => { decode(bytes: Uint8Array): string };
  readonly TextEncoder: new () => { encode(text: string): Uint8Array };
}

/** This process, or undefined in an engine without Deno. */
export const thisProcess: Process | undefined = take(globalThis as unknown as Globals);

function take({ Deno, TextDecoder, TextEncoder }: Globals): Process | undefined {
  if (Deno === undefined) return undefined;
  const { stdin, stdout } = Deno;
  const decoder = new TextDecoder(), encoder = new TextEncoder();
  const lines = new Lines((into) => stdin.readSync(into));
  return {
    read() {
      const line = lines.next();
      return line && decoder.decode(line);
    },
    write(line) {
      let left = encoder.encode(line + "\n");
      while (left.length > 0) left = left.subarray(stdout.writeSync(left));
    },
    exit(code) {
      Deno.exitCode = code; // Deno.exit calls what is no longer there
    },
  };
}
