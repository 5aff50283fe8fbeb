/**
 * The copy of an artifact in its agent's folder, for a person to look at.
 *
 * @module
 */

import { distFile } from "../../run/layout.ts";
import { infoOf, overwriteFileSync } from "../../util/files.ts";
import { isOfOnePath } from "../../util/system_error.ts";

/**
 * Writes the copy, or removes it where there is no artifact any more. A folder that is missing, or is a link, is left
 * alone: `scan` tells of it.
 *
 * Needs read and write permission for the agent's folder.
 *
 * @param folder The agent's folder.
 * @param program The artifact's bytes; absent: none.
 */
export function writeDist(folder: string, program: Uint8Array | undefined): void {
  const path = `${folder}/${distFile}`;
  const dist = path.slice(0, path.lastIndexOf("/"));
  if (!infoOf(folder)?.isDirectory) return;
  try {
    if (program === undefined) return Deno.removeSync(path);
    if (!infoOf(dist)?.isDirectory) Deno.mkdirSync(dist);
    overwriteFileSync(path, program);
  } catch (error) {
    // It is for people to look at: what is in its way is for `scan` and `doctor` to tell of.
    if (!isOfOnePath(error)) throw error;
  }
}
