/**
 * What folders take of a disk.
 *
 * @module
 */

import { infoOf } from "./files.ts";

const block = 512;

/**
 * Bytes that a file or a folder with all in it takes of its disk. Links are not followed; what goes meanwhile, or may not
 * be read, counts nothing.
 *
 * Needs read permission for it.
 *
 * @param without Path of what is not looked at.
 */
export function diskUse(path: string, without?: string): number {
  const info = infoOf(path);
  if (!info) return 0;
  const own = info.blocks === null ? info.size : info.blocks * block;
  if (!info.isDirectory) return own;
  return namesIn(path).map((name) => `${path}/${name}`).filter((one) => one !== without)
    .reduce((sum, one) => sum + diskUse(one, without), own);
}

function namesIn(folder: string): string[] {
  try {
    return [...Deno.readDirSync(folder)].map(({ name }) => name);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.PermissionDenied) return [];
    throw error;
  }
}

/** Bytes as people read them, such as `12.3 MB`. */
export function bytesText(bytes: number): string {
  const units = ["B", "kB", "MB", "GB", "TB"];
  const power = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1000 ** power;
  return `${power === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${units[power]}`;
}
