/**
 * Whether the disk has room for what a backup says that it holds.
 *
 * @module
 */

import { statfs } from "node:fs/promises";
import { type Manifest, refuse } from "./format.ts";

/**
 * Checks before anything is written: a backup of a few bytes may unpack to more than any disk holds.
 *
 * Needs the permission `sys: statfs` and read permission for the folder.
 *
 * @throws {StepFailed} If there is too little room: tells how much there is and how much it takes.
 */
export async function demandSpace(folder: string, { files }: Manifest): Promise<void> {
  const { bsize, bavail } = await statfs(folder);
  const bytes = files.reduce((sum, { size }) => sum + Math.ceil(size / bsize) * bsize, 0);
  if (bavail * bsize >= bytes) return;
  const mebibytes = (count: number) => Math.ceil(count / 1_048_576);
  throw refuse(
    "archive.room",
    `it takes ${mebibytes(bytes)} MiB on the disk, which has ${mebibytes(bavail * bsize)} MiB free`,
  );
}
