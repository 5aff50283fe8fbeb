/**
 * Looks at agents' folders for `scan`. Runs in a worker, or in the main thread for a few.
 *
 * @module
 */

import { byteLimits } from "../../runtime/genome_bytes.ts";
import { poolLimits } from "../../runtime/names.ts";
import type { Fitted } from "../../genome/fit.ts";
import { reachOf } from "../../genome/reach.ts";
import { bad, good, type Issue, type Result } from "../../util/issue.ts";
import { readFileLimited, readFileLimitedSync } from "../../util/files.ts";
import { errnoOf, isOfOnePath } from "../../util/system_error.ts";
import { serve } from "../../step/worker.ts";
import { sha256 } from "../../util/hash.ts";
import { genomeFile } from "../../run/layout.ts";
import { KnownPools } from "../../template/known_pools.ts";
import { codePart, codeStampOf, walkAgent } from "../../agents/walk.ts";

/** What the listing knows of an agent. */
export interface Known {
  readonly id: string;
  /** Sizes and times when it was last looked at, maybe of the code alone; null: not to be trusted. */
  readonly stamp: string | null;
  readonly genomeHash: string;
  /** The pool that its code was that of when the stamp was taken; absent: none. */
  readonly codeHash: string | undefined;
  /** Whether its genome and code are to be judged anew even where nothing was touched. */
  readonly due: boolean;
}

/** Which agents to look at. */
export interface LookOrder {
  /** The folder of all agents. */
  readonly agents: string;
  /** The folder of the run's pools, and the hash of the present one. */
  readonly template: string;
  readonly pool: string;
  readonly rows: readonly Known[];
}

/** What was found of an agent. */
export interface Look {
  readonly id: string;
  /** Whether a killed step has left unfinished files. */
  readonly leftovers: boolean;
  /** Paths of what is no code and no step's to read. */
  readonly strays: readonly string[];
  /** What has been looked at anew; absent: nothing was touched. */
  readonly seen?: Seen;
}

/** A genome in the present pool. */
export interface ReadGenome extends Fitted {
  readonly bytes: Uint8Array;
  /** What it reaches of the pool. */
  readonly reach: string;
}

/** What was found in a folder that was touched, or is not to be trusted. */
export interface Seen {
  /** Sizes and times, to be trusted by the next scan; of what was touched just now there are none, so look again. */
  readonly stamp: string | null;
  /** What is wrong with the folder itself; then nothing in it was read. */
  readonly folder?: Issue;
  /** SHA-256 of the genome's bytes; the known one where they can't be had. */
  readonly genomeHash: string;
  /** Whether there is no genome, and nothing else is wrong. */
  readonly isMissing?: boolean;
  /** The genome and its bytes, where it is another one than known or is due. */
  readonly genome?: Result<ReadGenome>;
  /** Whether the genome in the folder is another one than known, and can't be used: the known one stays the agent's. */
  readonly isDamaged?: boolean;
  /** The pool that the code is that of; absent: its bytes are those of none. */
  readonly codeHash?: string;
}

// Deno tells in whole seconds when a file was changed (its `ctime`, which nothing can set back), and Linux takes it from
// a clock that ticks every 1 to 10 ms.
const secondMs = 1020;

let pools: KnownPools | undefined;

/**
 * Looks at agents.
 *
 * Needs read permission for their folders and for `workspace/template`.
 */
export async function handle(order: LookOrder): Promise<Look[]> {
  if (pools?.present !== order.pool || pools.template !== order.template) pools = new KnownPools(order, order.pool);
  const looks: Look[] = [];
  for (const row of order.rows) looks.push(await look(`${order.agents}/${row.id}`, row, pools));
  return looks;
}

/** What can't be read of one agent is that agent's alone. */
async function look(folder: string, row: Known, pools: KnownPools): Promise<Look> {
  try {
    return await examine(folder, row, pools);
  } catch (error) {
    if (!isOfOnePath(error)) throw error;
    const message = `Something in its folder can't be read (${errnoOf(error)}: ${error.message}).`;
    const seen = {
      stamp: null,
      folder: { code: "agent.unreadable", message, path: folder },
      genomeHash: row.genomeHash,
    };
    return { id: row.id, leftovers: false, strays: [], seen };
  }
}

async function examine(folder: string, row: Known, pools: KnownPools): Promise<Look> {
  const began = Date.now();
  const walk = walkAgent(folder);
  const found = { id: row.id, leftovers: walk.leftovers.length > 0, strays: walk.strays };
  // A further edit within the same second could leave size and times as they are.
  const settled = began - walk.newest > secondMs;
  if (!walk.issue && !row.due && settled && walk.stamp === row.stamp) return found;
  const isCodeSettled = began - walk.newestCode > secondMs;
  const stamp = settled ? walk.stamp : isCodeSettled ? codeStampOf(walk.stamp) : null;
  const { genomeHash: known } = row;
  if (walk.issue) {
    const isMissing = walk.issue.code === "genome.missing";
    return { ...found, seen: { stamp, folder: walk.issue, genomeHash: known, isMissing } };
  }
  const isSame = row.stamp !== null && isCodeSettled && codePart(row.stamp) === codePart(walk.stamp);
  const codeHash = (isSame ? row.codeHash : undefined) ??
    await pools.identify(walk.code, (path) => readCode(`${folder}/${path}`));
  if (walk.genomeSize > byteLimits.size) {
    return {
      ...found,
      seen: { stamp, genomeHash: known, codeHash, genome: tooLong(walk.genomeSize), isDamaged: true },
    };
  }
  const bytes = await readBytes(`${folder}/${genomeFile}`);
  if (!bytes.ok) return { ...found, seen: { stamp, genomeHash: known, codeHash, genome: bytes, isDamaged: true } };
  const genomeHash = await sha256(bytes.value);
  if (genomeHash === row.genomeHash && !row.due) return { ...found, seen: { stamp, genomeHash, codeHash } };
  const genome = await readGenome(bytes.value, pools);
  if (genome.ok || genomeHash === known) return { ...found, seen: { stamp, genomeHash, codeHash, genome } };
  return { ...found, seen: { stamp, genomeHash: known, codeHash, genome, isDamaged: true } };
}

/** What a genome comes to in the present pool. Needs read permission for `workspace/template`. */
export async function readGenome(bytes: Uint8Array, pools: KnownPools): Promise<Result<ReadGenome>> {
  const [{ decodeGenome }, { fitToPool }] = await Promise.all([
    import("../../genome/codec.ts"),
    import("../../genome/fit.ts"),
  ]);
  const decoded = decodeGenome(bytes);
  if (!decoded.ok) return decoded;
  const fitted = fitToPool(decoded.value, pools.pool, await pools.formerNames());
  if (!fitted.ok) return fitted;
  return good({ ...fitted.value, bytes, reach: await reachOf(fitted.value.genome, pools.pool) });
}

function readCode(path: string): Uint8Array | undefined {
  if (Deno.lstatSync(path).size > poolLimits.source) return undefined;
  return readFileLimitedSync(path, poolLimits.source);
}

async function readBytes(path: string): Promise<Result<Uint8Array>> {
  try {
    return good(await readFileLimited(path, byteLimits.size));
  } catch (error) {
    if (!isOfOnePath(error)) throw error;
    return bad("genome.unreadable", `Its genome can't be read (${errnoOf(error)}: ${error.message}).`, genomeFile);
  }
}

function tooLong(size: number): Result<never> {
  return bad(
    "genome.size",
    `Cannot decode the genome: it must have at most ${byteLimits.size} bytes: it has ${size}.`,
    genomeFile,
  );
}

serve(handle);
