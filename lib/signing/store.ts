/**
 * Programs in a run's store, named by what they are.
 *
 * @module
 */

import { sha256 } from "../util/hash.ts";
import { removeFolder } from "../util/files.ts";
import { infoOf, readIfWhole, writeFileAtomicSync } from "../util/files.ts";

/** Longest program in bytes: far more than a template of 512 files of 256 KiB makes. */
export const mostProgram: number = 256 * 1024 * 1024;

/** The time of change that build gives its files, in seconds: another one shows that the file was written since. */
const mark = 1_000_000_000;

/**
 * The path of a program that many agents share.
 *
 * @param store The run's folder `workspace/store`.
 * @param hash SHA-256 of its bytes.
 */
export function programPath(store: string, hash: string): string {
  return `${store}/programs/${hash}.js`;
}

/**
 * Stores a program: beside its place, then renamed. A folder in its place is removed: nothing but programs belongs there.
 *
 * Needs read and write permission for the store.
 */
export function storeProgram(path: string, program: string | Uint8Array): void {
  Deno.mkdirSync(path.slice(0, path.lastIndexOf("/")), { recursive: true });
  if (infoOf(path)?.isDirectory) removeFolder(path);
  writeFileAtomicSync(path, program);
  Deno.utimeSync(path, mark, mark);
}

/**
 * Whether a stored program is there and is the one that its hash says.
 *
 * Only a file that was written after `build` did is read: to look at the others takes microseconds. That is to find
 * damage early, it is no protection: `supervise` hashes what it starts.
 *
 * Needs read and write permission for the store.
 */
export async function isIntact(path: string, hash: string): Promise<boolean> {
  try {
    const info = Deno.lstatSync(path);
    if (!info.isFile) return false;
    if (info.mtime?.getTime() === mark * 1000) return true;
    const program = readIfWhole(path, mostProgram);
    if (!program || await sha256(program) !== hash) return false;
    Deno.utimeSync(path, mark, mark);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) return false;
    throw error;
  }
}
