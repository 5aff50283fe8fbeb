/**
 * Looks at an agent's folder without following anything in it and without reading a file.
 *
 * @module
 */

import { bad, type Issue } from "../util/issue.ts";
import { deriveSeed } from "../runtime/random.ts";
import { infoOf } from "../util/files.ts";
import {
  belongs,
  genomeFile,
  isCode,
  isHidden,
  isStray,
  subfolders,
  unfinished,
  wiringFiles,
  worldFile,
} from "../run/layout.ts";

/** What was found in an agent's folder. */
export interface Walk {
  /** Sizes and times of all code and of the genome: equal texts mean that nothing was touched, see `codePart`. */
  readonly stamp: string;
  /** Paths of the gene files and of the world, sorted. */
  readonly code: readonly string[];
  /** All files that belong to an agent, by path, sorted. */
  readonly files: Infos;
  /** Names of its subfolders that are there. */
  readonly folders: readonly string[];
  /** Size of the genome in bytes. */
  readonly genomeSize: number;
  /** Paths of unfinished files that a killed step left. */
  readonly leftovers: readonly string[];
  /** Paths of what is no code and no step's to read, sorted. */
  readonly strays: readonly string[];
  /** When the genome or a file of the code was touched last, in milliseconds since 1970. */
  readonly newest: number;
  /** When a file of the code was touched last, likewise. */
  readonly newestCode: number;
  /** What makes the folder unfit, unless all is well. */
  readonly issue?: Issue;
}

/** What a look at files gave, by path. */
export type Infos = ReadonlyMap<string, Deno.FileInfo>;

/**
 * Looks at all that lies in an agent's folder.
 *
 * Needs read permission for the folder. Nothing is followed: a link, a file with a second name (a hard link) and code
 * that does not belong to an agent are each an issue.
 *
 * @param folder Path of the agent's folder.
 */
export function walkAgent(folder: string): Walk {
  const found: Found = { paths: [], folders: [], leftovers: [], strays: [], issue: undefined };
  // Reading it would follow the link, and so would whatever is written into it.
  if (infoOf(folder)?.isSymlink) {
    return nothing({ code: "agent.link", message: "Its folder must not be a link.", path: folder });
  }
  if (!enter(folder, "", found)) return nothing(missingFolder(folder));
  for (const name of found.folders) enter(folder, `${name}/`, found);
  const files = new Map<string, Deno.FileInfo>();
  const parts: string[] = [];
  let genomePart = "";
  let genomeSize = -1;
  let newestCode = 0;
  let newestGenome = 0;
  for (const path of found.paths.sort()) {
    const info = infoOf(`${folder}/${path}`);
    if (!info) continue;
    files.set(path, info);
    found.issue ??= unfit(path, info);
    const touched = info.ctime?.getTime() ?? Infinity;
    if (path === genomeFile) {
      genomePart = mark(path, info);
      genomeSize = info.size;
      newestGenome = touched;
    } else if (isCode(path)) {
      parts.push(mark(path, info));
      newestCode = Math.max(newestCode, touched);
    }
  }
  if (genomeSize < 0) found.issue ??= problem("genome.missing", "has no genome", genomeFile);
  const code = found.paths.filter(isCode);
  if (!code.includes(worldFile)) found.issue ??= problem("code.missing", "has no world", worldFile);
  const { folders, leftovers, issue } = found;
  const strays = found.strays.sort();
  const stamp = `${deriveSeed(parts.join(";"))} ${genomePart}`;
  const newest = Math.max(newestCode, newestGenome);
  return { stamp, code, files, folders, genomeSize, newest, newestCode, leftovers, strays, issue };
}

/** What is wrong with an agent whose folder is not there. */
export function missingFolder(folder: string): Issue {
  return { code: "agent.missing", message: "Its folder is missing.", path: folder };
}

/**
 * Sizes and times of files as one short text.
 *
 * Needs read permission for the folder.
 *
 * @param paths Within the folder, in a fixed order; what is missing or no file counts as such.
 * @param known Of files that have not been touched since: they are not looked at again.
 */
export function stampOf(folder: string, paths: readonly string[], known?: Infos): string {
  return deriveSeed(paths.map((path) => markOf(folder, path, known)).join(";"));
}

/** The stamp of an agent's wiring files. Needs read permission for the folder. */
export function wiringStamp(folder: string): string {
  return stampOf(folder, wiringFiles);
}

/**
 * The stamp that {@linkcode walkAgent} gives a folder with this code.
 *
 * Needs read permission for the folder.
 *
 * @param known As for {@linkcode stampOf}.
 */
export function codeStamp(folder: string, code: readonly string[], known?: Infos): string {
  return `${stampOf(folder, [...code].sort(), known)} ${markOf(folder, genomeFile, known)}`;
}

/** Such a stamp that holds for the code alone: the genome is to be looked at again. */
export function codeStampOf(stamp: string): string {
  return `${codePart(stamp)} `;
}

/** Whether such a stamp is known, and holds for the genome as well. */
export function isWhole(stamp: string | null): boolean {
  return stamp !== null && !stamp.endsWith(" ");
}

/** The part of such a stamp that is about the code alone. */
export function codePart(stamp: string): string {
  return stamp.split(" ", 1)[0]!;
}

interface Found {
  readonly paths: string[];
  readonly folders: string[];
  readonly leftovers: string[];
  readonly strays: string[];
  issue: Issue | undefined;
}

/** Collects the files of one folder; false if it is not there. */
function enter(folder: string, below: string, found: Found): boolean {
  let entries: Iterable<Deno.DirEntry>;
  try {
    entries = Deno.readDirSync(`${folder}/${below}`);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) return false;
    throw error;
  }
  for (const entry of entries) {
    const path = below + entry.name;
    if (entry.name.startsWith(unfinished)) found.leftovers.push(path);
    else if (isHidden(path)) found.strays.push(path);
    else if (entry.isSymlink) found.issue ??= problem("agent.link", "must not have a link", path);
    else if (entry.isDirectory && below === "" && (subfolders as readonly string[]).includes(entry.name)) {
      found.folders.push(entry.name);
    } else if (entry.isFile && belongs(path)) found.paths.push(path);
    else if (isStray(path)) found.strays.push(path);
    else found.issue ??= problem("agent.foreign", "has something that belongs to no agent, or is no file", path);
  }
  return true;
}

function unfit(path: string, info: Deno.FileInfo): Issue | undefined {
  if (!info.isFile) return problem("agent.link", "must not have a link", path);
  if (info.nlink !== 1) return problem("agent.hardlink", "must not have a file with a second name (a hard link)", path);
}

function markOf(folder: string, path: string, known?: Infos): string {
  const info = known?.get(path) ?? infoOf(`${folder}/${path}`);
  return info?.isFile && info.nlink === 1 ? mark(path, info) : `${path},-`;
}

function mark(path: string, info: Deno.FileInfo): string {
  // The time of change is the kernel's own: the other one can be set back, this one can't.
  return `${path},${info.size},${info.mtime?.getTime()},${info.ctime?.getTime()}`;
}

function problem(code: string, what: string, path: string): Issue {
  return bad(code, `Its folder ${what}: ${JSON.stringify(path)}.`, path).issue;
}

function nothing(issue: Issue): Walk {
  return {
    stamp: "",
    code: [],
    files: new Map(),
    folders: [],
    genomeSize: -1,
    newest: 0,
    newestCode: 0,
    leftovers: [],
    strays: [],
    issue,
  };
}
