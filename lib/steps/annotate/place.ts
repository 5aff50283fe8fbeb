/**
 * Where an issue's path lies in the folder that people look at.
 *
 * @module
 */

import { isAbsolute, join, normalize } from "node:path/posix";

/** The folders that paths count from; both absolute. */
export interface Folders {
  /** The one that places are named in, such as the workspace of a job. */
  readonly root?: string;
  /** The template's, which its own paths count from. */
  readonly template?: string;
}

/** A file, relative to the root, with a line where it is known. */
export interface Place {
  readonly file: string;
  readonly line?: number;
}

/**
 * The file that a path names, if it lies below the root. It looks at nothing on the disk.
 *
 * @param path Such as `/home/me/template/src/rl.ts:65`, `src/rl.ts#learn`, `world.ts:7:3`, or anything else.
 */
export function placeOf(path: string, { root, template }: Folders): Place | undefined {
  const [, file, line] = /^(.*?)(?:#[^/]*)?(?::(\d{1,9})(?::\d{1,9})?)?$/s.exec(path)!;
  const whole = isAbsolute(file!) ? file! : ofTemplate(file!) && template ? join(template, file!) : undefined;
  if (root === undefined || whole === undefined) return undefined;
  const above = `${normalize(root).replace(/\/+$/, "")}/`, below = normalize(whole);
  if (!below.startsWith(above) || below === above) return undefined;
  return { file: below.slice(above.length), ...(line !== undefined && { line: Number(line) }) };
}

function ofTemplate(path: string): boolean {
  return /^(?:world\.ts|src\/[^/]+\.ts)$/.test(path);
}
