/**
 * The two ends of a process: lines in on stdin, lines out on stdout, without waiting for anything else.
 *
 * What it needs is taken when it is loaded, before the globals are removed. In an engine without Deno there is no process.
 *
 * @module
 */

import { limits } from "./limits.ts";

/** The process that this is, if it is one. */
export interface Process {
  /** The next line without its end, or undefined at the end of the input or where a line is too long. */
  read(): string | undefined;
  /** Writes a line. */
  write(line: string): void;
  /** Ends the process. */
  exit(code: number): never;
}

interface Deno {
  readonly stdin: { readSync(into: Uint8Array): number | null };
  readonly stdout: { writeSync(from: Uint8Array): number };
  exit(code: number): never;
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
  const exit = Deno.exit;
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
    exit: (code) => exit(code),
  };
}

/** Cuts a stream of bytes into lines of bounded length. */
export class Lines {
  readonly #fill: (into: Uint8Array) => number | null;
  #held = new Uint8Array(64 * 1024);
  #from = 0;
  #to = 0;

  /**
   * @param fill Reads some bytes and gives their number, or null at the end.
   */
  constructor(fill: (into: Uint8Array) => number | null) {
    this.#fill = fill;
  }

  /** The bytes of the next line, or undefined at the end or where a line is too long. A last line may lack its end. */
  next(): Uint8Array | undefined {
    let looked = this.#from;
    for (;;) {
      const end = this.#held.subarray(0, this.#to).indexOf(10, looked);
      if (end >= 0) {
        const line = this.#held.subarray(this.#from, end);
        this.#from = end + 1;
        return line;
      }
      looked = this.#to - this.#from;
      if (!this.#room()) return undefined;
      const count = this.#fill(this.#held.subarray(this.#to));
      if (count === null) return this.#rest();
      this.#to += count;
    }
  }

  #rest(): Uint8Array | undefined {
    if (this.#from === this.#to) return undefined;
    const rest = this.#held.subarray(this.#from, this.#to);
    this.#from = this.#to;
    return rest;
  }

  /** Moves what is held to the front, and doubles the room where it is full. */
  #room(): boolean {
    const held = this.#held.subarray(this.#from, this.#to);
    if (held.length >= limits.request) return false;
    if (held.length * 2 > this.#held.length) {
      const larger = new Uint8Array(this.#held.length * 2);
      larger.set(held);
      this.#held = larger;
    } else {
      this.#held.copyWithin(0, this.#from, this.#to);
    }
    this.#from = 0;
    this.#to = held.length;
    return true;
  }
}
