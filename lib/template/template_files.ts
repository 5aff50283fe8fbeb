/**
 * The files of a template on disk.
 *
 * @module
 */

import { Misuse } from "../util/issue.ts";
import { type CodeFile, viewFile, worldFile } from "../run/layout.ts";
import { infoOf, readFileLimited } from "../util/files.ts";
import { filePath, generatedFiles, poolLimits } from "../runtime/names.ts";

/** A gene file, the world or its view. */
export interface TemplateFile {
  /** Path within the template: `src/*.ts`, `world.ts` or `view.ts`. */
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly text: string;
}

/**
 * Reads gene files, `world.ts` and `view.ts` of a template, sorted by path; links are refused, other files are passed over.
 *
 * Needs read permission for the template.
 *
 * @throws {Misuse} If a file can't be used, or there is no such folder.
 */
export async function readTemplate(folder: string): Promise<TemplateFile[]> {
  demandFolder(folder, true);
  const src = `${folder}/src`;
  const paths = kindOf(src) === undefined ? [] : await genePaths(folder, src);
  for (const path of [worldFile, viewFile]) if (kindOf(`${folder}/${path}`) !== undefined) paths.push(path);
  if (paths.length > poolLimits.files) {
    throw refuse("pool.size", folder, `it must have at most ${poolLimits.files} files: it has ${paths.length}`);
  }
  demandDifferentNames(folder, paths.sort());
  return await Promise.all(paths.map((path) => readOne(folder, path)));
}

/** Where the file system takes no note of case, an agent would get one file for two. */
function demandDifferentNames(folder: string, paths: readonly string[]): void {
  const seen = new Map<string, string>();
  for (const path of paths) {
    const same = seen.get(path.toLowerCase());
    if (same !== undefined) {
      throw refuse("pool.path", `${folder}/${path}`, `its name differs from ${same} in case only; rename one of them`);
    }
    seen.set(path.toLowerCase(), path);
  }
}

async function genePaths(folder: string, src: string): Promise<string[]> {
  demandFolder(src, false);
  const paths: string[] = [];
  for await (const entry of Deno.readDir(src)) {
    // What editors and systems leave behind; no gene file can have such a name.
    if (entry.name.startsWith(".")) continue;
    const path = `src/${entry.name}`;
    if (entry.isSymlink) throw refuse("pool.link", `${folder}/${path}`, "a template must hold no links");
    if (entry.isDirectory || !entry.name.endsWith(".ts")) continue;
    if ((generatedFiles as readonly string[]).includes(path)) {
      throw refuse("pool.reserved", `${folder}/${path}`, "files of this name are generated; rename it");
    }
    if (path.includes(".d.")) {
      const why = 'a name with ".d." says that the file holds types alone; rename it';
      throw refuse("pool.path", `${folder}/${path}`, why);
    }
    if (!filePath.test(path)) {
      throw refuse("pool.path", `${folder}/${path}`, 'a gene file must be named by letters, digits, "_", "-" and "."');
    }
    paths.push(path);
  }
  return paths;
}

/** A file of a pool as one of a template. */
export function templateFile({ path, bytes }: CodeFile): TemplateFile {
  return { path, bytes, text: new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes) };
}

async function readOne(folder: string, path: string): Promise<TemplateFile> {
  const place = `${folder}/${path}`;
  const info = await Deno.lstat(place);
  if (!info.isFile) throw refuse("pool.link", place, "it must be a file, and no link");
  if (info.size > poolLimits.source) {
    throw refuse("pool.size", place, `it must have at most ${poolLimits.source} bytes`);
  }
  const bytes = await readFileLimited(place, poolLimits.source);
  try {
    return templateFile({ path, bytes });
  } catch {
    throw refuse("pool.encoding", place, "it must be UTF-8");
  }
}

/** The folder itself may be a link, since the user names it; what is in it may not. */
function demandFolder(path: string, follow: boolean): void {
  const kind = kindOf(path, follow);
  if (kind === undefined) throw refuse("pool.missing", path, "there is no such folder");
  if (kind !== "folder") throw refuse("pool.link", path, "it must be a folder, and no link");
}

function kindOf(path: string, follow = false): "folder" | "other" | undefined {
  const info = infoOf(path, { follow });
  return info && (info.isDirectory ? "folder" : "other");
}

function refuse(code: string, path: string, why: string): Misuse {
  return new Misuse({ code, message: `Cannot use ${path} as ${why}.`, path });
}
