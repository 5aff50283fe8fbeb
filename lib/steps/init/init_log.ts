/**
 * The log of `init`: `logs/initialization.log`, one JSON object a line.
 *
 * @module
 */

import type { Pool } from "../../genome/pool.ts";
import { demandFile } from "../../util/files.ts";

/** Appends to the log of `init`. */
export class InitLog implements Disposable {
  readonly #file: Deno.FsFile;
  readonly #encoder = new TextEncoder();
  #lines = "";

  /**
   * Opens the log; its folder must exist.
   *
   * Needs read and write permission for it.
   *
   * @param path Path of the file.
   * @throws {UnfitFile} If something else is there.
   */
  constructor(path: string) {
    demandFile(path);
    this.#file = Deno.openSync(path, { create: true, append: true });
  }

  /** Adds a line; it is on its way to the disk after {@linkcode flush}. */
  write(event: string, properties: Readonly<Record<string, unknown>>): void {
    this.#lines += `${JSON.stringify({ at: new Date().toISOString(), event, ...properties })}\n`;
  }

  /** Adds what a template offers, one line a file. */
  template(pool: Pool): void {
    for (const { path, hash, lines, functions, parameters } of pool.files) {
      this.write("template.file", {
        path,
        hash,
        lines,
        functions: functions.map(({ name, phase }) => ({ name, phase })),
        parameters,
      });
    }
    this.write("template.world", { hash: pool.worldHash, ...pool.world });
  }

  flush(): void {
    const bytes = this.#encoder.encode(this.#lines);
    this.#lines = "";
    for (let done = 0; done < bytes.length;) done += this.#file.writeSync(bytes.subarray(done));
  }

  [Symbol.dispose](): void {
    this.flush();
    this.#file.close();
  }
}
