/**
 * The files of a template's folder `data`.
 *
 * @module
 */

import type { DataFile } from "../genome/pool.ts";
import { Misuse } from "../util/issue.ts";
import { infoOf, readFileLimited } from "../util/files.ts";
import { sha256 } from "../util/hash.ts";

/** How much data a template may have. */
export const dataLimits = {
  files: 256,
  /** Bytes of all files together. */
  bytes: 16 * 1024 * 1024,
} as const;

/** A file of data, whole. */
export interface ReadData extends DataFile {
  readonly bytes: Uint8Array<ArrayBuffer>;
}

const extensions = ["json", "csv", "ndjson", "txt"] as const;
const pattern = /^data\/([A-Za-z_$][A-Za-z0-9_$]{0,63})\.(json|csv|ndjson|txt)$/;

/** Whether a path within a template is that of a file of data. */
export function isDataPath(path: string): boolean {
  return pattern.test(path) && nameOf(path) !== "__proto__";
}

/** The name of a file of data: what it is in `setup.data`. */
export function nameOf(path: string): string {
  return path.slice("data/".length, path.lastIndexOf("."));
}

/**
 * Reads the data of a template, sorted by path; what is hidden is passed over, and so are notes, `*.md`.
 *
 * Needs read permission for the template.
 *
 * @param folder The template; it need not have any.
 * @throws {Misuse} If a file can't be used, or there is too much.
 */
export async function readData(folder: string): Promise<ReadData[]> {
  const paths = await dataPaths(folder);
  if (paths.length > dataLimits.files) {
    throw refuse(
      "data.size",
      `${folder}/data`,
      `there must be at most ${dataLimits.files} files: it has ${paths.length}`,
    );
  }
  demandDifferentNames(folder, paths);
  const sizes = paths.map((path) => Deno.lstatSync(`${folder}/${path}`).size);
  let left: number = dataLimits.bytes;
  for (const [i, path] of paths.entries()) {
    left -= sizes[i]!;
    if (left < 0) throw tooMuch(folder, path, sizes.reduce((sum, size) => sum + size, 0));
  }
  return await Promise.all(paths.map(async (path) => {
    const bytes = await readFileLimited(`${folder}/${path}`, dataLimits.bytes);
    return { path, bytes, hash: await sha256(bytes) };
  }));
}

async function dataPaths(folder: string): Promise<string[]> {
  const place = `${folder}/data`;
  const info = infoOf(place);
  if (!info) return [];
  if (!info.isDirectory) throw refuse("data.link", place, "it must be a folder, and no link");
  const paths: string[] = [];
  for await (const { name, isFile } of Deno.readDir(place)) {
    const path = `data/${name}`;
    if (name.startsWith(".") || (isFile && name.endsWith(".md"))) continue;
    if (!isFile) throw refuse("data.link", `${folder}/${path}`, "data must be files, and no links or folders");
    if (!extensions.some((end) => name.endsWith(`.${end}`))) {
      const why = `data must be in files that end in ${
        extensions.map((end) => `.${end}`).join(", ")
      }; rename it or take it away`;
      throw refuse("data.path", `${folder}/${path}`, why);
    }
    if (!isDataPath(path)) {
      const why =
        'it must be named as data is in code, by at most 64 letters, digits, "_" and "$", none of them first a digit; rename it';
      throw refuse("data.path", `${folder}/${path}`, why);
    }
    paths.push(path);
  }
  return paths.sort();
}

/** Where the file system takes no note of case two names would be one; and one name can't stand for two files. */
function demandDifferentNames(folder: string, paths: readonly string[]): void {
  const seen = new Map<string, string>();
  for (const path of paths) {
    const name = nameOf(path).toLowerCase();
    const same = seen.get(name);
    if (same !== undefined) {
      throw refuse(
        "data.path",
        `${folder}/${path}`,
        `its name is that of ${same}, or differs in case only; rename one of them`,
      );
    }
    seen.set(name, path);
  }
}

function tooMuch(folder: string, path: string, bytes: number): Misuse {
  const most = `${dataLimits.bytes / 1024 / 1024} MiB`;
  return refuse(
    "data.size",
    `${folder}/${path}`,
    `all data of a template must have at most ${most}: it has ${bytes} bytes`,
  );
}

function refuse(code: string, path: string, why: string): Misuse {
  return new Misuse({ code, message: `Cannot use ${path} as ${why}.`, path });
}
