/**
 * What an evaluator has taken from the broker, kept as files by hash.
 *
 * @module
 */

import { readIfWhole, removeFile, writeFileAtomicSync } from "../util/files.ts";
import { sha256 } from "../util/hash.ts";
import { most } from "./names.ts";
import { MessageError } from "./protocol.ts";

/** How many bytes are kept at most, unless one content alone has more. */
const mostKept = 1024 * 1024 * 1024;

/** Gives content by its hash from the broker; undefined where that lacks it. */
export type Source = (hash: string) => Promise<Uint8Array | undefined>;

/** Contents in a folder: those that were used last. */
export class Contents {
  readonly #folder: string;
  /** Sizes by hash; what was not used for the longest time comes first. */
  readonly #sizes = new Map<string, number>();
  #bytes = 0;

  /** @param folder Of this process alone. */
  constructor(folder: string) {
    this.#folder = folder;
  }

  /**
   * Content by its hash. Needs read and write permission for the folder.
   *
   * @throws {MessageError} If it is nowhere.
   */
  async get(hash: string, source: Source): Promise<Uint8Array> {
    const known = this.#sizes.has(hash) ? readIfWhole(this.#pathOf(hash), most.contentBytes) : undefined;
    const isSound = known !== undefined && await sha256(known) === hash;
    const bytes = isSound ? known : await source(hash);
    if (bytes === undefined) throw new MessageError(`There must be the content ${hash.slice(0, 12)} on the broker`);
    if (!isSound) writeFileAtomicSync(this.#pathOf(hash), bytes);
    this.#keep(hash, bytes.length);
    return bytes;
  }

  #keep(hash: string, size: number): void {
    this.#bytes += size - (this.#sizes.get(hash) ?? 0);
    this.#sizes.delete(hash);
    this.#sizes.set(hash, size);
    for (const [oldest, bytes] of this.#sizes) {
      if (this.#bytes <= mostKept || oldest === hash) return;
      removeFile(this.#pathOf(oldest));
      this.#sizes.delete(oldest);
      this.#bytes -= bytes;
    }
  }

  #pathOf(hash: string): string {
    return `${this.#folder}/${hash}`;
  }
}
