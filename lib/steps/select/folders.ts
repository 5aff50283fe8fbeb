/**
 * Makes the folders of the newborn, and removes those of the dead.
 *
 * @module
 */

import { madeFrom } from "../../db/build_key.ts";
import { removeFolder } from "../../util/files.ts";
import { inboxOf } from "../../agents/inbox_file.ts";
import type { Listing } from "../../db/listing.ts";
import type { Spare } from "../../agents/reuse.ts";
import { enterAllRemoved, enterFolder, enterRemoved } from "../../db/transitions/stage.ts";
import { presentPool } from "../../template/template.ts";
import { runtimeHash } from "../../wiring/runtime_hash.ts";
import { StepFailed } from "../../util/issue.ts";
import type { StepContext } from "../../step/context.ts";
import { overWorkers } from "../../step/pool.ts";
import { isOfOnePath } from "../../util/system_error.ts";
import type { BirthOrder, Made, Newborn } from "./newborn_worker.ts";

// A kill loses at most the entries of so many folders in each worker's hands, which are then made again.
const batch = 64;
// Below it the start of workers takes longer than they save.
const inlineBatches = 8;

interface Planned {
  readonly ordinal: number;
  readonly id: string;
  readonly genome_hash: string;
}

/**
 * Makes the folders of all agents that are planned, with the genome that each was given: out of those of the cycle's
 * dead where these are sound, and anew otherwise, which comes to the same.
 *
 * Needs read permission for the run, for `lib/runtime` and for the worker's file, write permission for `agents`.
 *
 * @throws {StepFailed} If a genome that is to be handed on is lost.
 */
export async function makeFolders(step: StepContext, listing: Listing, cycle: number): Promise<void> {
  const planned = listing.get<{ n: number }>("SELECT count(*) AS n FROM agents WHERE stage = 'planned'")!.n;
  if (planned === 0) return;
  const { agents, template } = step.paths;
  const frame = { agents, template, pool: presentPool(listing), runtime: await runtimeHash() };
  const results = overWorkers<BirthOrder, Made[]>({
    module: new URL("./newborn_worker.ts", import.meta.url),
    inline: () => import("./newborn_worker.ts"),
    items: orders(listing, cycle, frame),
    workers: step.workers,
    permissions: { read: [agents, template], write: [agents] },
    signal: step.signal,
    inlineBelow: inlineBatches,
    timed: (ms) => step.stages.add("folder", ms),
  });
  let done = 0;
  for await (const made of results) {
    listing.transaction(() => made.forEach((one) => enter(listing, one, frame)));
    step.progress(done += made.length, planned);
  }
}

type Frame = Omit<BirthOrder, "newborn"> & { readonly runtime: string };

function* orders(
  listing: Listing,
  cycle: number,
  { runtime: _, ...frame }: Frame,
): Generator<BirthOrder> {
  const spares = sparesOf(listing, cycle, frame.pool);
  for (let last = -1;;) {
    const planned = listing.all<Planned>(
      `SELECT ordinal, id, genome_hash FROM agents WHERE ordinal > ? AND stage = 'planned' ORDER BY ordinal LIMIT ${batch}`,
      last,
    );
    if (planned.length === 0) return;
    last = planned.at(-1)!.ordinal;
    yield { ...frame, newborn: planned.map((agent) => newbornOf(listing, agent, spares.next().value || undefined)) };
  }
}

function newbornOf(listing: Listing, { id, genome_hash }: Planned, spare: Spare | undefined): Newborn {
  const genome = listing.blob(genome_hash);
  if (!genome) throw lost(id, genome_hash);
  return { id, genomeHash: genome_hash, genome, own: inboxOf(listing, id), ...(spare && { spare }) };
}

/** Folders of the cycle's dead. */
function* sparesOf(listing: Listing, cycle: number, pool: string): Generator<Spare, void> {
  for (let last = -1;;) {
    const dead = listing.all<Spare & { ordinal: number }>(
      `SELECT ordinal, id, CASE code_hash WHEN ? THEN stamp END AS stamp FROM agents
        WHERE died = ? AND ordinal > ? AND status = 'dead' AND stage <> 'removed' ORDER BY ordinal LIMIT ${batch}`,
      pool,
      cycle,
      last,
    );
    if (dead.length === 0) return;
    last = dead.at(-1)!.ordinal;
    for (const { id, stamp } of dead) yield { id, stamp };
  }
}

function enter(listing: Listing, made: Made, { pool, runtime }: Frame): void {
  enterFolder(listing, made.id, {
    codeHash: pool,
    stamp: made.stamp,
    wiredWith: madeFrom("", pool, runtime),
    wiredStamp: made.wired,
    reach: made.reach,
    buildKey: made.buildKey,
    metrics: JSON.stringify(made.metrics),
  });
  if (made.of !== undefined) enterRemoved(listing, made.of);
}

/**
 * Removes the folders of the dead; what is worth keeping of them is in the listing and the store. One that can't be
 * removed, as something in it is in use or not the user's, is tried again by the next call.
 *
 * Needs write permission for `agents`.
 */
export function buryDead({ paths, log }: Pick<StepContext, "paths" | "log">, listing: Listing): void {
  const dead = listing.all<{ id: string }>("SELECT id FROM agents WHERE status = 'dead' AND stage != 'removed'");
  if (dead.length === 0) return;
  const left: string[] = [];
  for (const { id } of dead) {
    try {
      removeFolder(`${paths.agents}/${id}`);
    } catch (error) {
      if (!isOfOnePath(error)) throw error;
      log.warn(`Cannot remove the folder of an agent that is dead: ${error.message}`, { id });
      left.push(id);
    }
  }
  enterAllRemoved(listing, left);
}

function lost(id: string, genomeHash: string): StepFailed {
  return new StepFailed({
    code: "genome.lost",
    message: `The genome that ${id} was to be born with is not in the listing any more; restore it from a backup.`,
    path: genomeHash,
  });
}
