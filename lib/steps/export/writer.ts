/**
 * Where the rows of a table go.
 *
 * @module
 */

import type { Row, Table } from "./table.ts";

/** Writes the file of one table, batch after batch. */
export interface TableWriter {
  /** Writes rows, of which nothing is kept in memory but what the format needs at its end. */
  write(rows: readonly Row[]): void;
  /** Ends the table; the file is complete then. */
  end(): void;
}

/** Begins the file of a table: what comes before its rows is written at once. */
export type OpenWriter = (table: Table, file: OutFile) => TableWriter;

/** A file that is written from its beginning to its end. */
export class OutFile implements Disposable {
  readonly #file: Deno.FsFile;
  #bytes = 0;

  /** Makes the file, of which there must be none. Needs write permission for it. */
  constructor(path: string) {
    this.#file = Deno.openSync(path, { write: true, createNew: true });
  }

  /** How much was written. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Writes all of it. */
  write(bytes: Uint8Array): void {
    for (let written = 0; written < bytes.length;) written += this.#file.writeSync(bytes.subarray(written));
    this.#bytes += bytes.length;
  }

  /** Waits until the disk has all of it. */
  sync(): void {
    this.#file.syncSync();
  }

  [Symbol.dispose](): void {
    this.#file.close();
  }
}
