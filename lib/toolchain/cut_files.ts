/**
 * Artifacts that were cut, as files that lie there while something may start them.
 *
 * @module
 */

import { infoOf, removeFolder, writeFileAtomicSync } from "../util/files.ts";

/** How many lie there at most: far more than processes are started at once. */
const mostFiles = 1024;

const encoder = new TextEncoder();

/** The artifacts of a folder, until it is disposed of. */
export class CutFiles implements Disposable {
  readonly #folder: string;
  /** Paths of artifacts, the oldest first. */
  readonly #files = new Set<string>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Where an artifact lies while something runs it. */
  pathOf(artifact: string): string {
    return `${this.#folder}/${artifact}.js`;
  }

  /**
   * Writes one, anew each time, in the place of whatever lies there. Needs read and write permission for the folder.
   *
   * @returns Its path.
   */
  write(artifact: string, program: string): string {
    const path = this.pathOf(artifact);
    Deno.mkdirSync(this.#folder, { recursive: true });
    if (this.#files.size === mostFiles && !this.#files.has(path)) {
      const [oldest] = this.#files;
      this.#files.delete(oldest!);
      remove(oldest!);
    }
    if (infoOf(path)?.isDirectory) removeFolder(path);
    writeFileAtomicSync(path, encoder.encode(program));
    this.#files.add(path);
    return path;
  }

  /** Removes them. */
  [Symbol.dispose](): void {
    if (this.#files.size === 0) return;
    for (const path of this.#files) remove(path);
    this.#files.clear();
    // Residents' supervisor has a second of these.
    if (infoOf(this.#folder) && [...Deno.readDirSync(this.#folder)].length === 0) remove(this.#folder);
  }
}

function remove(path: string): void {
  try {
    Deno.removeSync(path);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}
