/**
 * Whether a disk has room for a population.
 *
 * @module
 */

import { StepFailed } from "../util/issue.ts";

/** What one agent takes on the disk. */
export interface Room {
  readonly bytes: number;
  /** Files and folders. */
  readonly files: number;
}

// Files take whole blocks; ext4, xfs and btrfs have blocks of this size.
const block = 4096;
// Genome, manifest, mod.ts and main.ts come to the template's files, and three folders; the listing has a few kB a row.
const generated = { files: 4, folders: 3, listing: 4096 };

/** What an agent takes whose template has files of these sizes in bytes. */
export function roomOfAgent(sizes: readonly number[]): Room {
  const blocks = sizes.reduce((sum, size) => sum + Math.ceil(size / block), 0) + generated.files + generated.folders;
  return { bytes: blocks * block + generated.listing, files: sizes.length + generated.files + generated.folders };
}

/**
 * Checks that a disk has room before anything is made.
 *
 * Needs the permission `sys: statfs` and read permission for the folder.
 *
 * @param folder A folder on that disk.
 * @throws {StepFailed} If there is too little: tells how much there is and how much it takes.
 */
export async function demandRoom(folder: string, count: number, each: Room): Promise<void> {
  const { statfs } = await import("node:fs/promises");
  const { bsize, bavail, files, ffree } = await statfs(folder);
  const bytes = count * each.bytes;
  // Some file systems have no fixed number of files and report none.
  const few = files > 0 && ffree < count * each.files;
  if (!few && bavail * bsize >= bytes) return;
  throw new StepFailed({
    code: "init.room",
    message: few
      ? `Cannot make ${count} agents as the disk must take ${count * each.files} more files: it takes ${ffree}.`
      : `Cannot make ${count} agents as the disk must have ${mebibytes(bytes)} MiB free: it has ${
        mebibytes(bavail * bsize)
      } MiB.`,
    path: folder,
  });
}

function mebibytes(bytes: number): number {
  return Math.ceil(bytes / 1_048_576);
}
