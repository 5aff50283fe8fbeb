/**
 * Makes agents' wiring files follow their genomes, for `sync-wiring`. Runs in a worker, or in the main thread for a few.
 *
 * @module
 */

import { byteLimits } from "../../runtime/genome_bytes.ts";
import { bad, good, type Result } from "../../util/issue.ts";
import { infoOf, overwriteFileSync, readIfWhole, writeFileAtomicSync } from "../../util/files.ts";
import { errnoOf, isOfOnePath } from "../../util/system_error.ts";
import { serve } from "../../step/worker.ts";
import { manifest } from "../../wiring/manifest.ts";
import type { WiringText } from "../../wiring/wiring.ts";
import type { CodeFile } from "../../run/layout.ts";
import { sha256 } from "../../util/hash.ts";
import { equal, KnownPools } from "../../template/known_pools.ts";
import { genomeFile, isCode, manifestFile, subfolders, unfinished, worldFile } from "../../run/layout.ts";
import { codeStamp, wiringStamp } from "../../agents/walk.ts";
import { wiringOf } from "../../template/wiring_of.ts";

/** What the listing knows of an agent. */
export interface Wired {
  readonly id: string;
  readonly genomeHash: string;
  readonly codeHash: string;
  /** Sizes and times of the wiring files when they were written; null: look again. */
  readonly wiredStamp: string | null;
  /** Whether genome, code and runtime are others than the wiring was made from. */
  readonly due: boolean;
  /** Whether the stamp of genome and code is known, so that it is worth renewing. */
  readonly stamped: boolean;
}

/** Whose wiring to look at. */
export interface WireOrder {
  /** The folder of all agents. */
  readonly agents: string;
  /** The folder of the run's pools, and the hash of the present one. */
  readonly template: string;
  readonly pool: string;
  readonly rows: readonly Wired[];
}

/** What was done to an agent. */
export interface Rewired {
  readonly id: string;
  /** Absent: its wiring is as it was written, and it was not opened. */
  readonly done?: Result<Rewiring>;
}

/** A wiring that was looked at file by file. */
export interface Rewiring {
  /** Paths of the files that were written or removed, sorted. */
  readonly written: readonly string[];
  /** What the genome reaches of the pool. */
  readonly reach: string;
  readonly buildKey: string;
  readonly wiredStamp: string;
  /** New stamp of genome and code, where code was brought to the pool and the old stamp was known. */
  readonly stamp?: string;
}

interface Texts extends Pick<WiringText, "mod" | "main">, Pick<Rewiring, "reach" | "buildKey"> {}

let pools: KnownPools | undefined;
let texts = new Map<string, Promise<Result<Texts>>>();

/**
 * Looks at agents' wiring and rewrites what differs.
 *
 * Needs read and write permission for their folders, read permission for `workspace/template`.
 */
export async function handle(order: WireOrder): Promise<Rewired[]> {
  if (pools?.present !== order.pool || pools.template !== order.template) {
    pools = new KnownPools(order, order.pool);
    texts = new Map();
  }
  const done: Rewired[] = [];
  for (const row of order.rows) {
    const folder = `${order.agents}/${row.id}`;
    if (!row.due && row.wiredStamp !== null && wiringStamp(folder) === row.wiredStamp) done.push({ id: row.id });
    else done.push({ id: row.id, done: await rewireOne(order, row, folder, pools) });
  }
  return done;
}

/** What can't be written of one agent is that agent's alone. */
async function rewireOne(...of: Parameters<typeof rewire>): ReturnType<typeof rewire> {
  try {
    return await rewire(...of);
  } catch (error) {
    if (!isOfOnePath(error)) throw error;
    return bad("agent.unwritable", `Its folder can't be written (${errnoOf(error)}: ${error.message}).`, of[2]);
  }
}

async function rewire(order: WireOrder, row: Wired, folder: string, pools: KnownPools): Promise<Result<Rewiring>> {
  const genome = readGenome(folder);
  if (!genome || await sha256(genome) !== row.genomeHash) return stale(genomeFile);
  let made = texts.get(row.genomeHash);
  if (!made) texts.set(row.genomeHash, made = textsOf(genome, pools));
  const text = await made;
  if (!text.ok) return text;
  const written = clearUp(folder);
  const outdated = row.codeHash !== order.pool;
  const code = outdated ? await pools.codeOf(order.pool) : [];
  if (outdated) written.push(...bringCode(folder, code));
  const { mod, main, reach, buildKey } = text.value;
  const files = { [manifestFile]: manifest(folder, row.id), "src/main.ts": main, "src/mod.ts": mod };
  for (const [path, content] of Object.entries(files)) {
    // After a kill the listing still says that there is wiring to be made.
    if (put(`${folder}/${path}`, encoder.encode(content), overwriteFileSync)) written.push(path);
  }
  const stamp = outdated && row.stamped ? codeStamp(folder, code.map(({ path }) => path)) : undefined;
  return good({ written: written.sort(), reach, buildKey, wiredStamp: wiringStamp(folder), stamp });
}

async function textsOf(bytes: Uint8Array, pools: KnownPools): Promise<Result<Texts>> {
  const wired = await wiringOf(bytes, pools);
  if (!wired.ok) return wired;
  const { wiring: { mod, main }, reach, buildKey } = wired.value;
  return good({ mod, main, reach, buildKey });
}

/** Bytes of the genome, unless there is none, or the folder is not what scan found it to be. */
function readGenome(folder: string): Uint8Array | undefined {
  if (!infoOf(folder)?.isDirectory || !infoOf(`${folder}/src`)?.isDirectory) return undefined;
  return readIfWhole(`${folder}/${genomeFile}`, byteLimits.size);
}

/** Removes what a killed step left, and tells what that was. */
function clearUp(folder: string): string[] {
  const places = ["", ...subfolders.map((name) => `${name}/`)];
  const left = places.flatMap((place) => {
    if (!infoOf(`${folder}/${place}`.replace(/\/$/, ""))?.isDirectory) return [];
    return [...Deno.readDirSync(`${folder}/${place}`)].map(({ name }) => place + name);
  }).filter((path) => path.slice(path.lastIndexOf("/") + 1).startsWith(unfinished));
  for (const path of left) Deno.removeSync(`${folder}/${path}`, { recursive: true });
  return left;
}

/** Makes the gene files and the world those of the pool. */
function bringCode(folder: string, code: readonly CodeFile[]): string[] {
  const wanted = new Set(code.map(({ path }) => path));
  const own = [worldFile, ...[...Deno.readDirSync(`${folder}/src`)].map(({ name }) => `src/${name}`)];
  const gone = own.filter((path) => isCode(path) && !wanted.has(path));
  for (const path of gone) Deno.removeSync(`${folder}/${path}`);
  return [...gone, ...code.filter(({ path, bytes }) => put(`${folder}/${path}`, bytes)).map(({ path }) => path)];
}

/** Writes a file unless it holds just this; tells whether it did. */
function put(path: string, bytes: Uint8Array, write: typeof overwriteFileSync = writeFileAtomicSync): boolean {
  const info = infoOf(path);
  if (info?.isFile && info.nlink === 1 && info.size === bytes.length && equal(Deno.readFileSync(path), bytes)) {
    return false;
  }
  write(path, bytes, info);
  return true;
}

function stale(path: string): Result<never> {
  return bad("scan.stale", "Its genome is another one than scan recorded; run `deno task scan` first.", path);
}

const encoder = new TextEncoder();

serve(handle);
