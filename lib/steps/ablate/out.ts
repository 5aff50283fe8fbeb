/**
 * The file for the smallest genome.
 *
 * @module
 */

import { writeNewFile } from "../../util/files.ts";
import { Misuse } from "../../util/issue.ts";
import { errnoOf } from "../../util/system_error.ts";

/**
 * Demands, before the work begins, that such a file can be made: it is made, and removed. Needs write permission for it.
 *
 * @throws {Misuse} If it can't, or is there already.
 */
export function demandNew(file: string): void {
  writeGenome(file, "");
  Deno.removeSync(file);
}

/**
 * Writes the genome. Needs write permission for the file.
 *
 * @throws {Misuse} If the file is there already, or can't be written.
 */
export function writeGenome(file: string, text: string): void {
  let isNew: boolean;
  try {
    isNew = writeNewFile(file, text);
  } catch (error) {
    // What the disk lacks is no fault of the path's.
    if (["ENOSPC", "EDQUOT", "EIO"].includes(errnoOf(error) ?? "")) throw error;
    throw unwritable(file);
  }
  if (!isNew) throw isThere(file);
}

function isThere(file: string): Misuse {
  return new Misuse({
    code: "ablate.file",
    message: `Cannot write ${file} as it must not be there yet; remove it, or take another name.`,
    path: file,
  });
}

function unwritable(file: string): Misuse {
  return new Misuse({
    code: "ablate.file",
    message:
      `Cannot write ${file} as its folder must be there, be writable, and be neither the run's nor the project's own.`,
    path: file,
  });
}
