/**
 * The run's own copies of its template: the present one, and those that came before it.
 *
 * @module
 */

import type { Pool } from "../genome/pool.ts";
import { dataLimits } from "./data_files.ts";
import { StepFailed } from "../util/issue.ts";
import { poolLimits } from "../runtime/names.ts";
import {
  infoOf,
  readFileLimited,
  readFileLimitedSync,
  readIfWhole,
  removeFolder,
  writeFileAtomic,
} from "../util/files.ts";
import { isOfOnePath } from "../util/system_error.ts";
import { sha256 } from "../util/hash.ts";
import type { CodeFile } from "../run/layout.ts";
import { unfinished, worldFile } from "../run/layout.ts";
import { forgetFit } from "../db/stamps.ts";
import type { Listing } from "../db/listing.ts";
import type { RunPaths } from "../run/paths.ts";
import type { Objective, WorldSettings } from "../runtime/contract.ts";

/** Longest `pool.json` in bytes: more than 512 files of 256 genes and parameters make. */
export const mostFacts = 64 * 1024 * 1024;

const decoder = new TextDecoder();

/** Folder of the copy that has this hash. */
export function copyFolder(paths: Pick<RunPaths, "template">, hash: string): string {
  return `${paths.template}/${hash}`;
}

/**
 * Copies a template into the run, unless a copy with the same tokens is there; of such a one the data is made whole.
 *
 * Needs read permission for the template, read and write permission for `workspace/template`.
 *
 * @param folder The template.
 * @param pool What {@linkcode readPool} found in it.
 * @returns Whether a copy was made.
 */
export async function copyTemplate(paths: RunPaths, folder: string, pool: Pool): Promise<boolean> {
  const place = copyFolder(paths, pool.hash);
  if (infoOf(`${place}/pool.json`)?.isFile) return await copyData(folder, place, pool);
  const beside = `${paths.template}/${unfinished}${pool.hash}`;
  removeFolder(beside);
  await Deno.mkdir(`${beside}/src`, { recursive: true });
  for (const path of codePaths(pool)) {
    const bytes = await readFileLimited(`${folder}/${path}`, poolLimits.source);
    await Deno.writeFile(`${beside}/${path}`, bytes, { createNew: true });
  }
  await copyData(folder, beside, pool);
  await Deno.writeTextFile(`${beside}/pool.json`, `${JSON.stringify(pool, undefined, 1)}\n`, { createNew: true });
  await Deno.rename(beside, place);
  return true;
}

/** Copies the data that a copy lacks or that is damaged there: no agent has it. Whether any was. */
async function copyData(folder: string, place: string, { data = [] }: Pool): Promise<boolean> {
  let copied = false;
  for (const { path, hash } of data) {
    const present = readIfWhole(`${place}/${path}`, dataLimits.bytes);
    if (present && await sha256(present) === hash) continue;
    await Deno.mkdir(`${place}/data`, { recursive: true });
    await writeFileAtomic(`${place}/${path}`, await readFileLimited(`${folder}/${path}`, dataLimits.bytes));
    copied = true;
  }
  return copied;
}

/**
 * What a copy of the template offers; trusted, since `init` alone writes it.
 *
 * Needs read permission for `workspace/template`.
 *
 * @throws {StepFailed} If the copy is missing.
 */
export function loadPool(paths: Pick<RunPaths, "template">, hash: string): Pool {
  const folder = copyFolder(paths, hash);
  try {
    return JSON.parse(decoder.decode(readFileLimitedSync(`${folder}/pool.json`, mostFacts))) as Pool;
  } catch (error) {
    throw lost(error, folder);
  }
}

/**
 * The same as {@linkcode loadPool}, together with the files.
 *
 * @throws {StepFailed} Also if the facts are of an earlier version, which knew less of the files.
 */
export function loadCopy(paths: Pick<RunPaths, "template">, hash: string): { pool: Pool; code: CodeFile[] } {
  const pool = loadPool(paths, hash);
  const folder = copyFolder(paths, hash);
  if (pool.files.some((file) => file.tokens === undefined)) throw outdated(folder);
  try {
    return {
      pool,
      code: codePaths(pool).map((path) => ({
        path,
        bytes: readFileLimitedSync(`${folder}/${path}`, poolLimits.source),
      })),
    };
  } catch (error) {
    throw lost(error, folder);
  }
}

/** Paths of a pool's files, the world included, sorted. */
export function codePaths(pool: Pool): string[] {
  return [...pool.files.map(({ path }) => path), worldFile].sort();
}

/**
 * Hashes of all pools that the run has had besides the present one, sorted.
 *
 * Needs read permission for `workspace/template`.
 */
export function formerPools(paths: Pick<RunPaths, "template">, present: string): string[] {
  const names = [...Deno.readDirSync(paths.template)].filter((entry) => entry.isDirectory).map((entry) => entry.name);
  return names.filter((name) => /^[0-9a-f]{64}$/.test(name) && name !== present).sort();
}

/**
 * The hash of the run's present pool.
 *
 * @throws {StepFailed} If `init` was cut short before there was one.
 */
export function presentPool(listing: Listing): string {
  const hash = listing.meta("pool");
  if (hash !== undefined) return hash;
  throw new StepFailed({
    code: "template.missing",
    message: "The run has no template yet as `init` was cut short; run `deno task init` again.",
  });
}

/**
 * The first objective of the present world: what a score stands for. Undefined where it gives scores itself.
 *
 * Needs read permission for the run's template.
 *
 * @throws {StepFailed} If there is no template, or it is damaged.
 */
export function presentObjective(paths: RunPaths, listing: Listing): Objective | undefined {
  return loadPool(paths, presentPool(listing)).world.objectives?.[0];
}

/**
 * What the present world declares, for screens: undefined where there is no template, so that scores are shown as they are kept.
 *
 * Needs read permission for the run's template.
 */
export function shownWorld(paths: RunPaths, listing: Listing): WorldSettings | undefined {
  try {
    return loadPool(paths, presentPool(listing)).world;
  } catch (error) {
    if (error instanceof StepFailed && error.issue.code === "template.missing") return undefined;
    throw error;
  }
}

/**
 * Takes up the pool that `init` made while a cycle was under way; call it inside the transaction that opens a cycle.
 *
 * All genomes are to be looked at again, since they are fitted to the pool.
 *
 * @param hash Hash of the new pool; absent: the one that waits in the listing.
 * @returns Whether the present pool is another one now.
 */
export function activatePool(listing: Listing, hash: string | undefined = listing.meta("next")): boolean {
  listing.dropMeta("next");
  if (hash === undefined || hash === listing.meta("pool")) return false;
  listing.setMeta("pool", hash);
  forgetFit(listing);
  return true;
}

function outdated(folder: string): StepFailed {
  return new StepFailed({
    code: "template.facts",
    message: "What is recorded of the run's template is of an earlier version; run `deno task doctor`, which records " +
      "it anew.",
    path: `${folder}/pool.json`,
  });
}

function lost(error: unknown, path: string): unknown {
  if (!(error instanceof SyntaxError) && !isOfOnePath(error)) return error;
  return new StepFailed({
    code: "template.missing",
    message:
      "The run's copy of its template is not complete; `deno task doctor` makes it again from the template or from " +
      `an agent, or restore it from a backup (${(error as Error).message}).`,
    path,
  }, { cause: error });
}
