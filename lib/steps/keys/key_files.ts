/**
 * Files of keys, for their owner alone.
 *
 * @module
 */

import { readTextLimitedSync } from "../../util/files.ts";

/** Larger files are no keys. */
export const mostBytes = 64 * 1024;

/** The files in a folder, and which of them were written. */
export class KeyFiles {
  readonly #folder: string;
  readonly #written: string[] = [];

  /** @param folder Made where it is missing. */
  constructor(folder: string) {
    this.#folder = folder;
  }

  /** The paths, within the folder, of what was not there as it is now. */
  get written(): readonly string[] {
    return this.#written;
  }

  /** The whole path of a file. */
  pathOf(path: string): string {
    return `${this.#folder}/${path}`;
  }

  /** The text of a file; undefined where there is none. */
  read(path: string): string | undefined {
    try {
      return readTextLimitedSync(this.pathOf(path), mostBytes);
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return undefined;
      throw error;
    }
  }

  /** Writes a file, as a whole or not at all, unless it is so already. */
  write(path: string, text: string): void {
    if (this.read(path) === text) return;
    const whole = this.pathOf(path);
    Deno.mkdirSync(whole.slice(0, whole.lastIndexOf("/")), { recursive: true, mode: 0o700 });
    const beside = `${whole}.tmp-${crypto.randomUUID()}`;
    {
      using file = Deno.openSync(beside, { write: true, createNew: true, mode: 0o600 });
      const bytes = new TextEncoder().encode(text);
      for (let at = 0; at < bytes.length;) at += file.writeSync(bytes.subarray(at));
      file.syncSync();
    }
    Deno.renameSync(beside, whole);
    this.#written.push(path);
  }
}
