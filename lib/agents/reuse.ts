/**
 * Makes the folder of a newborn out of that of a dead agent, which has the same code already.
 *
 * @module
 */

import { overwriteFileSync } from "../util/files.ts";
import { type Contents, filesOf, moveFolder, type Stamps } from "./folder.ts";
import type { CodeFile } from "../run/layout.ts";
import { equal } from "../template/known_pools.ts";
import { isCode, subfolders } from "../run/layout.ts";
import { isOfOnePath } from "../util/system_error.ts";
import { codeStamp, type Walk, walkAgent, wiringStamp } from "./walk.ts";

/** The folder of a dead agent. */
export interface Spare {
  /** The dead agent's id. */
  readonly id: string;
  /** Sizes and times of its genome and code, `agents.stamp`, from when the code was the present pool's; null: unknown. */
  readonly stamp: string | null;
}

/**
 * Makes the folder of a newborn: that of a dead agent is brought to what a new one would hold, then renamed.
 *
 * Only a folder with nothing in it but plain files of an agent, each with one name, is taken, and only with the newborn's
 * code in it: untouched since it was last found to be that, or the same when it is read. All in it besides the code is
 * written over, or removed. A kill leaves it a dead agent's until all is done.
 *
 * Needs read and write permission for `agents`. Nothing is flushed to the disk.
 *
 * @param agents The folder of all agents.
 * @param id The newborn's id, as for `createFolder`.
 * @returns `undefined` where the dead agent's folder is not to be trusted: then it was left as it is.
 */
export function reuseFolder(agents: string, spare: Spare, id: string, contents: Contents): Stamps | undefined {
  const folder = `${agents}/${spare.id}`;
  const walk = looked(folder);
  if (!walk) return undefined;
  const code = contents.code.map(({ path }) => path);
  if (!isPlain(walk, code)) return undefined;
  if (walk.stamp !== spare.stamp && !holds(folder, walk, contents.code)) return undefined;
  const wanted = filesOf(contents);
  for (const path of walk.files.keys()) if (!wanted.has(path)) Deno.removeSync(`${folder}/${path}`);
  for (const [path, bytes] of wanted) {
    if (!isCode(path)) overwriteFileSync(`${folder}/${path}`, bytes, walk.files.get(path));
  }
  const untouched = new Map([...walk.files].filter(([path]) => isCode(path)));
  // Renaming a folder changes no time of the files in it.
  const stamps = { stamp: codeStamp(folder, code, untouched), wired: wiringStamp(folder) };
  moveFolder(folder, `${agents}/${id}`);
  return stamps;
}

/** What lies in it, unless it can't be looked at. */
function looked(folder: string): Walk | undefined {
  try {
    return walkAgent(folder);
  } catch (error) {
    if (!isOfOnePath(error)) throw error;
    return undefined;
  }
}

function isPlain({ issue, leftovers, strays, folders, code }: Walk, wanted: readonly string[]): boolean {
  return !issue && leftovers.length === 0 && strays.length === 0 && folders.length === subfolders.length &&
    code.length === wanted.length && code.every((path, i) => path === wanted[i]);
}

function holds(folder: string, { files }: Walk, code: readonly CodeFile[]): boolean {
  return code.every(({ path, bytes }) =>
    files.get(path)?.size === bytes.length && equal(Deno.readFileSync(`${folder}/${path}`), bytes)
  );
}
