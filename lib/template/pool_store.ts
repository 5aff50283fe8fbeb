/**
 * The pools that a run has had: for each a manifest that names its sources and says what they offer.
 *
 * A manifest is written after its sources, so a pool is there as a whole or not at all.
 *
 * @module
 */

import type { Pool } from "../genome/pool.ts";
import { StepFailed } from "../util/issue.ts";
import { filePath, poolLimits } from "../runtime/names.ts";
import { infoOf, readFileLimitedSync, writeFileAtomic } from "../util/files.ts";
import { isOfOnePath } from "../util/system_error.ts";
import { dataLimits, isDataPath } from "./data_files.ts";
import { isWhole, missing, type PoolPlace, sourcesOf, storeSources } from "./pool_sources.ts";

/** Longest manifest in bytes: more than 512 files of 256 genes and parameters make. */
export const mostFacts = 64 * 1024 * 1024;

const decoder = new TextDecoder();
const isHash = (name: unknown) => typeof name === "string" && /^[0-9a-f]{64}$/.test(name);

/** The manifest of a pool. @param hash The pool's hash. */
export function manifestPath({ template }: PoolPlace, hash: string): string {
  return `${template}/pools/${hash}.json`;
}

/** What the manifest of a pool holds. */
export function manifestText(pool: Pool): string {
  return `${JSON.stringify(pool, undefined, 1)}\n`;
}

/**
 * Takes a pool into the store, unless one with the same tokens is there, and whole, and it is drawn by the same view.
 *
 * Needs read permission for the template, read and write permission for `workspace/template`.
 *
 * @param folder The template.
 * @param pool What `readPool` found in it.
 * @returns Whether it was taken in.
 * @throws {StepFailed} If the template has changed since it was read.
 */
export async function storePool(paths: PoolPlace, folder: string, pool: Pool): Promise<boolean> {
  if (await isStored(paths, pool)) return false;
  await storeSources(paths, folder, pool);
  await Deno.mkdir(`${paths.template}/pools`, { recursive: true });
  await writeFileAtomic(manifestPath(paths, pool.hash), manifestText(pool));
  return true;
}

async function isStored(paths: PoolPlace, { hash, view }: Pool): Promise<boolean> {
  try {
    const stored = loadPool(paths, hash);
    if (stored.view?.hash !== view?.hash) return false;
    for (const source of sourcesOf(stored)) if (!await isWhole(paths, source)) return false;
    return true;
  } catch (error) {
    if (error instanceof StepFailed) return false;
    throw error;
  }
}

/**
 * What a pool offers; trusted, since only `init`, `doctor` and `restore` write it.
 *
 * Needs read permission for `workspace/template`.
 *
 * @throws {StepFailed} If it is not in the store, or recorded by an earlier version, which knew less of the files.
 */
export function loadPool(paths: PoolPlace, hash: string): Pool {
  const pool = readManifest(paths, hash);
  if (pool && isOf(pool, hash)) return pool;
  throw new StepFailed({
    code: "template.facts",
    message: "What is recorded of the run's template is damaged or of an earlier version; run `deno task doctor`, " +
      "which records it anew.",
    path: manifestPath(paths, hash),
  });
}

/**
 * The hash of the view that is in the store with a pool; undefined where there is none, or what is there is damaged.
 *
 * Needs read permission for `workspace/template`.
 */
export function storedView(paths: PoolPlace, hash: string): string | undefined {
  try {
    return readManifest(paths, hash)?.view?.hash;
  } catch (error) {
    if (error instanceof StepFailed) return undefined;
    throw error;
  }
}

/**
 * What a manifest says, or `undefined` where it does not name the files of a pool.
 *
 * @throws {StepFailed} If there is none that can be read.
 */
export function readManifest(paths: PoolPlace, hash: string): Pool | undefined {
  const place = manifestPath(paths, hash);
  try {
    const pool = JSON.parse(decoder.decode(readFileLimitedSync(place, mostFacts)));
    return namesFiles(pool) ? pool : undefined;
  } catch (error) {
    if (!(error instanceof SyntaxError) && !isOfOnePath(error)) throw error;
    throw missing(place, error);
  }
}

/** Whether a manifest is that of the pool, and says as much as one of the present version. */
function isOf({ hash, files, world }: Pool, known: string): boolean {
  return hash === known && world !== undefined && files.every(({ tokens }) => tokens !== undefined);
}

function namesFiles(pool: Pool | null): pool is Pool {
  return isHash(pool?.worldSource) && isListOf(pool!.files, poolLimits.files, (path) => filePath.test(path)) &&
    (pool!.view === undefined || isHash(pool!.view.hash)) &&
    (pool!.data === undefined || isListOf(pool!.data, dataLimits.files, isDataPath));
}

function isListOf(files: unknown, most: number, fits: (path: string) => boolean): boolean {
  return Array.isArray(files) && files.length <= most &&
    files.every((file) => isHash(file?.hash) && typeof file.path === "string" && fits(file.path));
}

/**
 * Hashes of all pools that the run has had besides the present one, sorted.
 *
 * Needs read permission for `workspace/template`.
 *
 * @throws {StepFailed} As {@linkcode demandPresentForm}.
 */
export function formerPools(paths: PoolPlace, present: string): string[] {
  demandPresentForm(paths);
  return storedPools(paths).filter((hash) => hash !== present);
}

/** Hashes of all pools in the store, sorted. Needs read permission for `workspace/template`. */
export function storedPools({ template }: PoolPlace): string[] {
  const names = namesIn(`${template}/pools`).filter((name) => name.endsWith(".json"));
  return names.map((name) => name.slice(0, -".json".length)).filter(isHash);
}

/** Folders of whole copies of the template, as earlier versions kept them, by the hashes of their pools. */
export function formerCopies({ template }: PoolPlace): string[] {
  return namesIn(template).filter(isHash);
}

/**
 * Demands that all pools are in the store.
 *
 * Needs read permission for `workspace/template`.
 *
 * @throws {StepFailed} If an earlier version has kept some in its own form, which `doctor` takes in.
 */
export function demandPresentForm(paths: PoolPlace): void {
  const [hash] = formerCopies(paths);
  if (hash === undefined) return;
  throw new StepFailed({
    code: "template.former",
    message:
      "The run's copies of its template are kept as by an earlier version; run `deno task doctor`, which takes " +
      "them in.",
    path: `${paths.template}/${hash}`,
  });
}

function namesIn(folder: string): string[] {
  return infoOf(folder, { follow: true })?.isDirectory
    ? [...Deno.readDirSync(folder)].map(({ name }) => name).sort()
    : [];
}
