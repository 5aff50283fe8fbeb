/**
 * Lines to and from a process whose stdin and stdout are pipes with names. It holds both ends of both itself, so nothing
 * is lost while nothing reads; and what talks to it has the pipes open no longer than that.
 *
 * @module
 */

import { joined } from "../../util/concat.ts";
import { readyLine } from "../../runtime/ready.ts";
import type { Place } from "./place.ts";

/** The two pipes of a process, open. */
export class Channel implements Disposable {
  readonly #in: Deno.FsFile;
  readonly #out: Deno.FsFile;
  #held: Uint8Array = new Uint8Array();

  private constructor(input: Deno.FsFile, output: Deno.FsFile) {
    this.#in = input;
    this.#out = output;
  }

  /**
   * Opens the pipes of a process that holds them; one that has ended takes nothing in and gives nothing out.
   *
   * Needs read and write permission for them.
   *
   * @throws {Deno.errors.NotFound} If they are not there, or are no pipes.
   */
  static open(place: Place): Channel {
    const input = openEnd(place.in, { write: true });
    try {
      return new Channel(input, openEnd(place.out, { read: true }));
    } catch (error) {
      input.close();
      throw error;
    }
  }

  /** Writes all of these bytes; waits where the pipe is full. */
  async send(bytes: Uint8Array): Promise<void> {
    try {
      for (let at = 0; at < bytes.length;) at += await this.#in.write(bytes.subarray(at));
    } catch (error) {
      // It has ended, which the end of its output will tell.
      if (!(error instanceof Deno.errors.BrokenPipe)) throw error;
    }
  }

  /**
   * The next line with its end.
   *
   * @param most Longest line in bytes.
   * @returns Undefined if the process has ended, or the line is longer.
   */
  async receive(most: number): Promise<Uint8Array | undefined> {
    const pieces = [this.#held];
    const buffer = new Uint8Array(64 * 1024);
    for (let length = this.#held.length;;) {
      const end = pieces.at(-1)!.indexOf(10);
      if (end >= 0) return this.#cut(pieces, end);
      if (length > most) return undefined;
      const count = await this.#out.read(buffer);
      if (count === null) return undefined;
      pieces.push(buffer.slice(0, count));
      length += count;
    }
  }

  [Symbol.dispose](): void {
    this.#in.close();
    this.#out.close();
  }

  #cut(pieces: Uint8Array[], end: number): Uint8Array {
    const last = pieces.pop()!;
    this.#held = last.slice(end + 1);
    return joined([...pieces, last.subarray(0, end + 1)]);
  }
}

const said = new TextEncoder().encode(`${readyLine}\n`);

/**
 * Reads what a process writes once it has started: that it is ready, and one line more; gives up when `ended` settles
 * first.
 *
 * @returns Whether it was ready, and the line after that with its end, if it came.
 */
export async function firstLine(
  place: Place,
  most: number,
  ended: Promise<unknown>,
): Promise<{ readonly ready: boolean; readonly line?: Uint8Array }> {
  demandPipe(place.out);
  // Until the process holds the pipe this end does: without a writer a reader would see the end at once.
  const both = Deno.openSync(place.out, { read: true, write: true });
  let open = true;
  const close = () => {
    if (open) both.close();
    open = false;
  };
  const output = Deno.openSync(place.out, { read: true });
  ended.then(close, close);
  try {
    const buffer = new Uint8Array(most);
    let ready = false;
    for (let at = 0; at < most;) {
      const count = await output.read(buffer.subarray(at));
      if (count === null) break;
      at += count;
      ready ||= said.every((byte, i) => i < at && buffer[i] === byte);
      if (ready && at > said.length && buffer[at - 1] === 10) return { ready, line: buffer.subarray(said.length, at) };
    }
    return { ready };
  } finally {
    close();
    output.close();
  }
}

/** Opens one end of a pipe without waiting for something at the other one, and without being that one. */
function openEnd(path: string, end: { readonly read: true } | { readonly write: true }): Deno.FsFile {
  demandPipe(path);
  const both = Deno.openSync(path, { read: true, write: true });
  try {
    return Deno.openSync(path, end);
  } finally {
    both.close();
  }
}

/** A file or a link in place of a pipe would be written over, or taken for what a process said. */
function demandPipe(path: string): void {
  if (!Deno.lstatSync(path).isFifo) throw new Deno.errors.NotFound(`${path} is no pipe`);
}
