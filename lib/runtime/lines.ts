/**
 * Lines out of a stream of bytes.
 *
 * @module
 */

import { limits } from "./limits.ts";

/** The room to begin with, in bytes. */
const least = 64 * 1024;

/** Cuts a stream of bytes into lines of bounded length. */
export class Lines {
  readonly #fill: (into: Uint8Array) => number | null;
  #held = new Uint8Array(least);
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

  /** Moves what is held to the front, doubles the room where it is full, and gives it back after a line that was far longer. */
  #room(): boolean {
    const held = this.#held.subarray(this.#from, this.#to);
    if (held.length >= limits.request) return false;
    const size = this.#held.length;
    const other = held.length * 2 > size ? size * 2 : held.length < least && size > 16 * least ? least : size;
    if (other !== size) {
      const room = new Uint8Array(other);
      room.set(held);
      this.#held = room;
    } else {
      this.#held.copyWithin(0, this.#from, this.#to);
    }
    this.#from = 0;
    this.#to = held.length;
    return true;
  }
}
