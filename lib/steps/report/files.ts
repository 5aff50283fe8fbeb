/**
 * Reads and writes the files of a report.
 *
 * @module
 */

import { writeFileAtomicSync } from "../../util/files.ts";

/**
 * Writes a file piece by piece beside its place and renames it into place, so that it is never seen half.
 *
 * Needs read and write permission for its folder.
 */
export function writePieces(path: string, pieces: Iterable<string>): void {
  const encoder = new TextEncoder();
  const beside = path.replace(/([^/]+)$/, `.tmp-${Deno.pid}-$1`);
  try {
    {
      using file = Deno.openSync(beside, { write: true, create: true, truncate: true });
      for (const piece of pieces) {
        const bytes = encoder.encode(piece);
        for (let at = 0; at < bytes.length;) at += file.writeSync(bytes.subarray(at));
      }
    }
    Deno.renameSync(beside, path);
  } catch (error) {
    try {
      Deno.removeSync(beside);
    } catch {
      // It was not made, or can't be removed: what stopped the writing is the error to tell.
    }
    throw error;
  }
}

/** Writes texts by name into the folder of the reports, which is made where it is missing. */
export function writeReports(folder: string, texts: Readonly<Record<string, string>>): void {
  Deno.mkdirSync(folder, { recursive: true });
  for (const [name, text] of Object.entries(texts)) writeFileAtomicSync(`${folder}/${name}`, text);
}
