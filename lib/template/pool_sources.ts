/**
 * The sources of all pools that a run has had: each distinct text of code and each file of data once, named by its hash.
 *
 * They are added, and neither changed nor removed; a source is compared with its hash when it is read.
 *
 * @module
 */

import type { Pool } from "../genome/pool.ts";
import { StepFailed } from "../util/issue.ts";
import { poolLimits } from "../runtime/names.ts";
import { sha256 } from "../util/hash.ts";
import { readFileLimited, readFileLimitedSync, writeFileAtomic } from "../util/files.ts";
import { isOfOnePath } from "../util/system_error.ts";
import { type CodeFile, viewFile, worldFile } from "../run/layout.ts";
import type { RunPaths } from "../run/paths.ts";
import { dataLimits, isDataPath, type ReadData } from "./data_files.ts";

/** Where a run's pools lie. */
export type PoolPlace = Pick<RunPaths, "template">;

/** A file of a pool: code of it, or data of its world. */
export interface Source {
  /** Path within the template. */
  readonly path: string;
  /** SHA-256 of its bytes. */
  readonly hash: string;
}

/** Sources that were read, by hash. */
export type ReadSources = Map<string, Uint8Array<ArrayBuffer>>;

/** The file of a source text. @param hash SHA-256 of its bytes. */
export function sourcePath({ template }: PoolPlace, hash: string): string {
  return `${template}/sources/${hash}.ts`;
}

/** Where a source of a pool lies. */
export function placeOf(paths: PoolPlace, { path, hash }: Source): string {
  return isDataPath(path) ? `${paths.template}/data/${hash}` : sourcePath(paths, hash);
}

/** All that a pool consists of: its code, the world included, by path, the view and the data of its world. */
export function sourcesOf(pool: Pool): Source[] {
  return [...codeOf(pool), ...viewOf(pool), ...(pool.data ?? [])];
}

function viewOf({ view }: Pool): Source[] {
  return view ? [{ path: viewFile, hash: view.hash }] : [];
}

function codeOf({ files, worldSource }: Pool): Source[] {
  const sources = [...files.map(({ path, hash }) => ({ path, hash })), { path: worldFile, hash: worldSource }];
  return sources.sort((a, b) => a.path < b.path ? -1 : 1);
}

/**
 * Takes the sources of a pool into the store that are not there whole.
 *
 * Needs read permission for the template, read and write permission for `workspace/template`.
 *
 * @param folder The template.
 * @throws {StepFailed} If the template has changed since it was read.
 */
export async function storeSources(paths: PoolPlace, folder: string, pool: Pool): Promise<void> {
  for (const source of sourcesOf(pool)) {
    if (await isWhole(paths, source)) continue;
    const bytes = await readFileLimited(`${folder}/${source.path}`, limitOf(source));
    if (await sha256(bytes) !== source.hash) throw changed(`${folder}/${source.path}`);
    const place = placeOf(paths, source);
    await Deno.mkdir(place.slice(0, place.lastIndexOf("/")), { recursive: true });
    await writeFileAtomic(place, bytes);
  }
}

/** Whether the store has a source, and it is what its name says. Needs read permission for it. */
export async function isWhole(paths: PoolPlace, source: Source): Promise<boolean> {
  try {
    await readSource(paths, source);
    return true;
  } catch (error) {
    if (error instanceof StepFailed) return false;
    throw error;
  }
}

/**
 * Code of a pool, the world included, sorted by path.
 *
 * Needs read permission for `workspace/template`.
 *
 * @param known What was read before; what is read is added.
 * @throws {StepFailed} If a source is missing, or not what its hash says.
 */
export async function loadCode(paths: PoolPlace, pool: Pool, known: ReadSources = new Map()): Promise<CodeFile[]> {
  return await load(paths, codeOf(pool), known);
}

/** The same as {@linkcode loadCode} of the view of its world, which is no code of agents: empty where there is none. */
export async function loadView(paths: PoolPlace, pool: Pool, known: ReadSources = new Map()): Promise<CodeFile[]> {
  return await load(paths, viewOf(pool), known);
}

/** The same as {@linkcode loadCode} of the data of its world. */
export async function loadData(paths: PoolPlace, pool: Pool, known: ReadSources = new Map()): Promise<ReadData[]> {
  return await load(paths, pool.data ?? [], known);
}

async function load(paths: PoolPlace, sources: readonly Source[], known: ReadSources): Promise<ReadData[]> {
  const files: ReadData[] = [];
  for (const source of sources) {
    let bytes = known.get(source.hash);
    if (!bytes) known.set(source.hash, bytes = await readSource(paths, source));
    files.push({ ...source, bytes });
  }
  return files;
}

async function readSource(paths: PoolPlace, source: Source): Promise<Uint8Array<ArrayBuffer>> {
  const place = placeOf(paths, source);
  try {
    const bytes = readFileLimitedSync(place, limitOf(source));
    if (await sha256(bytes) === source.hash) return bytes;
  } catch (error) {
    if (!isOfOnePath(error)) throw error;
    throw error instanceof Deno.errors.NotFound ? missing(place, error) : changed(place, error);
  }
  throw changed(place);
}

function limitOf({ path }: Source): number {
  return isDataPath(path) ? dataLimits.bytes : poolLimits.source;
}

function changed(path: string, cause?: unknown): StepFailed {
  return new StepFailed({
    code: "template.changed",
    message: "A source of the run's template is not the one that was audited; `deno task doctor` makes it again from " +
      "the template or from an agent, or restore it from a backup.",
    path,
  }, { cause });
}

/** A manifest or a source that is not there, or can't be read. */
export function missing(path: string, error: unknown): StepFailed {
  return new StepFailed({
    code: "template.missing",
    message:
      "The run's copy of its template is not complete; `deno task doctor` makes it again from the template or from " +
      `an agent, or restore it from a backup (${(error as Error).message}).`,
    path,
  }, { cause: error });
}
