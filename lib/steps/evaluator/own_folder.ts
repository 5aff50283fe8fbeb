/**
 * The folder of an evaluator, for as long as it lasts.
 *
 * @module
 */

import { infoOf, removeFolder } from "../../util/files.ts";
import { SweptFolder } from "../../util/swept_folder.ts";

/** After how long without being renewed a folder belongs to no evaluator any more, in milliseconds. */
const leftOverMs = 24 * 3_600_000;

/**
 * Makes a folder of this process alone, which is gone with it whatever ends it, and removes what a machine that lost its
 * power has left there.
 *
 * Needs read and write permission for it, and run permission for `/bin/sh`.
 *
 * @param all The folder of all evaluators.
 */
export async function ownFolder(all: string, name: string): Promise<SweptFolder> {
  removeLeftOvers(all);
  return await SweptFolder.make(`${all}/${name}`);
}

/** Says that the folder is still in use. Needs write permission for it. */
export function renewFolder({ path }: SweptFolder): void {
  const now = new Date();
  Deno.utimeSync(path, now, now);
}

function removeLeftOvers(all: string): void {
  for (const named of foldersIn(all)) {
    for (const own of foldersIn(named)) {
      const renewed = infoOf(own)?.mtime?.getTime();
      if (renewed !== undefined && Date.now() - renewed > leftOverMs) removeFolder(own);
    }
  }
}

function foldersIn(path: string): string[] {
  if (!infoOf(path)?.isDirectory) return [];
  return [...Deno.readDirSync(path)].filter(({ isDirectory }) => isDirectory).map(({ name }) => `${path}/${name}`);
}
