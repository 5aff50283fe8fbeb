/**
 * Reads and writes files that may have been tampered with, or that a kill may cut short.
 *
 * @module
 */

import { isOfOnePath, UnfitFile } from "./system_error.ts";

const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

// Makes names unique besides the process id, which a killed process may have left files under; it decides nothing.
const started = Date.now().toString(36);
let written = 0;

/**
 * Writes a file beside its place and renames it into place, so that a reader sees all of it or the former one.
 *
 * A link at the place itself is replaced, not followed. Needs read and write permission for the file's folder.
 *
 * @param path The file; its folder must exist.
 * @param data Bytes, or text for UTF-8.
 */
export async function writeFileAtomic(path: string, data: Uint8Array | string): Promise<void> {
  const beside = besideOf(path);
  try {
    if (typeof data === "string") await Deno.writeTextFile(beside, data, { createNew: true });
    else await Deno.writeFile(beside, data, { createNew: true });
    await Deno.rename(beside, path);
  } catch (error) {
    await Deno.remove(beside).catch(() => {});
    throw error;
  }
}

/** Writes a file that is not there yet. Needs write permission for it. @returns Whether there was none. */
export function writeNewFile(path: string, text: string): boolean {
  try {
    Deno.writeTextFileSync(path, text, { createNew: true });
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.AlreadyExists) return false;
    throw error;
  }
}

/** The same as {@linkcode writeFileAtomic}, at once: cheaper for many small files. */
export function writeFileAtomicSync(path: string, data: Uint8Array | string): void {
  const beside = besideOf(path);
  try {
    if (typeof data === "string") Deno.writeTextFileSync(beside, data, { createNew: true });
    else Deno.writeFileSync(beside, data, { createNew: true });
    Deno.renameSync(beside, path);
  } catch (error) {
    try {
      Deno.removeSync(beside);
    } catch {
      // It was not there, or can't be removed: what stopped the writing is the error to tell.
    }
    throw error;
  }
}

/**
 * Writes a file that is made again where it is not whole, since a kill can leave a part of it.
 *
 * It is written over in its place, which takes a tenth of the time that a file system needs to put another file there
 * and give the former one's room back. A link and a file with a second name are replaced, not followed.
 * Needs read and write permission for the file's folder.
 *
 * @param info What lies there, where it was just looked at.
 */
export function overwriteFileSync(path: string, data: Uint8Array, info = infoOf(path)): void {
  if (!info?.isFile || info.nlink !== 1) return writeFileAtomicSync(path, data);
  using file = Deno.openSync(path, { write: true });
  for (let written = 0; written < data.length;) written += file.writeSync(data.subarray(written));
  // Not before: ext4 sends a file to the disk at once that was cut to nothing and written.
  if (data.length < info.size) file.truncateSync(data.length);
}

/** How a file is read. */
export interface ReadOptions {
  /** Whether a link is followed: for what the user may have put elsewhere. @default false */
  readonly follow?: boolean;
}

/**
 * Reads a file of at most `maxBytes` bytes; refuses links, folders and whatever else is no file, without opening it:
 * opening a pipe waits for its other end, and hears no signal.
 *
 * Needs read permission for the file.
 *
 * @throws {Deno.errors.NotFound} If there is none.
 * @throws {UnfitFile} If it is no file, or too long.
 */
export async function readFileLimited(
  path: string,
  maxBytes: number,
  options?: ReadOptions,
): Promise<Uint8Array<ArrayBuffer>> {
  const info = await (options?.follow ? Deno.stat(path) : Deno.lstat(path));
  const size = checkedSize(path, info, maxBytes);
  using file = await Deno.open(path);
  const bytes = new Uint8Array(size + 1);
  let length = 0;
  while (length < bytes.length) {
    const count = await file.read(bytes.subarray(length));
    if (count === null) return bytes.subarray(0, length);
    length += count;
  }
  throw tooLong(path, size, length);
}

/** The same as {@linkcode readFileLimited}, at once. */
export function readFileLimitedSync(path: string, maxBytes: number, options?: ReadOptions): Uint8Array<ArrayBuffer> {
  const info = options?.follow ? Deno.statSync(path) : Deno.lstatSync(path);
  const size = checkedSize(path, info, maxBytes);
  using file = Deno.openSync(path);
  // One byte more than stands in the folder, so that a file that has grown since is found out.
  const bytes = new Uint8Array(size + 1);
  let length = 0;
  while (length < bytes.length) {
    const count = file.readSync(bytes.subarray(length));
    if (count === null) return bytes.subarray(0, length);
    length += count;
  }
  throw tooLong(path, size, length);
}

/** The text of a file: UTF-8, with its byte order mark. As {@linkcode readFileLimited}. */
export async function readTextLimited(path: string, maxBytes: number, options?: ReadOptions): Promise<string> {
  return decoder.decode(await readFileLimited(path, maxBytes, options));
}

/** The same as {@linkcode readTextLimited}, at once. */
export function readTextLimitedSync(path: string, maxBytes: number, options?: ReadOptions): string {
  return decoder.decode(readFileLimitedSync(path, maxBytes, options));
}

/**
 * Demands that a file can be made or opened at a path: that there is one, or a link to one, or nothing.
 *
 * Needs read permission for it.
 *
 * @throws {UnfitFile} If something else is there, as opening a pipe would wait for its other end, or a longer file.
 */
export function demandFile(path: string, maxBytes = Infinity): void {
  try {
    checkedSize(path, Deno.statSync(path), maxBytes);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}

/**
 * The bytes of a file that may be damaged, missing, unreadable, no file at all, or too long: then `undefined`.
 *
 * Needs read permission for it.
 */
export function readIfWhole(path: string, maxBytes: number): Uint8Array<ArrayBuffer> | undefined {
  try {
    return readFileLimitedSync(path, maxBytes);
  } catch (error) {
    if (isOfOnePath(error)) return undefined;
    throw error;
  }
}

/**
 * What lies at a path; `undefined` if nothing does.
 *
 * Needs read permission for it.
 */
export function infoOf(path: string, { follow = false }: ReadOptions = {}): Deno.FileInfo | undefined {
  try {
    return follow ? Deno.statSync(path) : Deno.lstatSync(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) return undefined;
    throw error;
  }
}

/** Whether a file lies at a path, or a link to one. Needs read permission for it. */
export function isFile(path: string): boolean {
  return infoOf(path, { follow: true })?.isFile ?? false;
}

/** Removes a file, if it is there. Needs write permission for it. */
export function removeFile(path: string): void {
  try {
    Deno.removeSync(path);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}

function besideOf(path: string): string {
  const cut = path.lastIndexOf("/") + 1;
  return `${path.slice(0, cut)}.tmp-${Deno.pid}-${started}-${written++}-${path.slice(cut)}`;
}

/** The size of a file that may be read. */
function checkedSize(path: string, info: Deno.FileInfo, maxBytes: number): number {
  if (!info.isFile) throw new UnfitFile("disk.path", path, `it must be a file: it is ${kindOf(info)}`);
  if (info.size > maxBytes) throw tooLong(path, maxBytes, info.size);
  return info.size;
}

function kindOf(info: Deno.FileInfo): string {
  if (info.isSymlink) return "a link";
  if (info.isDirectory) return "a folder";
  if (info.isFifo) return "a pipe";
  if (info.isSocket) return "a socket";
  return info.isBlockDevice || info.isCharDevice ? "a device" : "something else";
}

function tooLong(path: string, most: number, length: number): UnfitFile {
  return new UnfitFile("disk.size", path, `it must be at most ${most} bytes long: it has ${length} or more`);
}

/** Removes a folder with all in it, links unfollowed; it need not be there. Needs write permission for it. */
export function removeFolder(path: string): void {
  try {
    Deno.removeSync(path, { recursive: true });
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}
