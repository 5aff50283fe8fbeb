/**
 * Makes the generated files of agents follow their genomes, and their code follow the run's template.
 *
 * @module
 */

import { runtimeHash } from "../../wiring/runtime_hash.ts";
import type { Counts, StepContext } from "../../step/context.ts";
import { overWorkers } from "../../step/pool.ts";
import { madeFrom } from "../../db/build_key.ts";
import { isWhole } from "../../agents/walk.ts";
import { removeFolder } from "../../util/files.ts";
import { unfinished } from "../../run/layout.ts";
import { Listing } from "../../db/listing.ts";
import { attributeScore } from "../../db/transitions/score.ts";
import { enterWiring } from "../../db/stamps.ts";
import type { Rewired, Rewiring, WireOrder } from "./sync_worker.ts";
import { presentPool } from "../../template/template.ts";

interface WireRow {
  readonly ordinal: number;
  readonly id: string;
  readonly genome_hash: string;
  readonly code_hash: string;
  readonly stamp: string | null;
  readonly wired_from: string | null;
  readonly wired_stamp: string | null;
  readonly reach: string | null;
  readonly build_key: string | null;
}

const batch = 64;
const inlineBatches = 4;

const page = `
SELECT ordinal, id, genome_hash, code_hash, stamp, wired_from, wired_stamp, reach, build_key
  FROM agents WHERE ordinal > ? AND status = 'active' AND genome_ok = 1 AND stage IN ('newborn', 'adult')
  ORDER BY ordinal LIMIT ${batch}`;

/**
 * Rewrites the wiring of active agents where it is not that of their genome, their code and the runtime, or where
 * it was edited; brings gene files and world to the run's template; touches nothing else.
 */
export async function syncWiring(step: StepContext): Promise<Counts> {
  const { agents, template } = step.paths;
  using listing = Listing.open(step.paths.listing);
  const frame = { agents, template, pool: presentPool(listing), runtime: await runtimeHash() };
  const counts = { updates: removeUnfinished(agents), checked: 0, written: 0, stale: 0 };
  const pending: WireRow[][] = [];
  const results = overWorkers<WireOrder, Rewired[]>({
    module: new URL("./sync_worker.ts", import.meta.url),
    inline: () => import("./sync_worker.ts"),
    items: orders(step, listing, frame, pending),
    workers: step.workers,
    permissions: { read: [agents, template], write: [agents] },
    signal: step.signal,
    inlineBelow: inlineBatches,
    timed: (ms) => step.stages.add("wire", ms),
  });
  for await (const rewired of results) {
    const rows = pending.shift()!;
    if (rewired.some(({ done }) => done?.ok)) {
      step.stages.time("record", () =>
        listing.transaction(() =>
          rewired.forEach(({ done }, i) => {
            if (done?.ok && enter(listing, rows[i]!, done.value, frame)) counts.updates++;
          })
        ));
    }
    for (const { id, done } of rewired) tell(step, counts, id, done);
  }
  return counts;
}

type Frame = Omit<WireOrder, "rows"> & { readonly runtime: string };

function* orders(step: StepContext, listing: Listing, frame: Frame, pending: WireRow[][]): Generator<WireOrder> {
  for (let last = -1;;) {
    const rows = listing.all<WireRow>(page, last);
    if (rows.length === 0) return;
    last = rows.at(-1)!.ordinal;
    const wanted = step.ids ? rows.filter(({ id }) => step.ids!.has(id)) : rows;
    if (wanted.length === 0) continue;
    pending.push(wanted);
    yield {
      agents: frame.agents,
      template: frame.template,
      pool: frame.pool,
      rows: wanted.map((row) => ({
        id: row.id,
        genomeHash: row.genome_hash,
        codeHash: row.code_hash,
        wiredStamp: row.wired_stamp,
        due: row.wired_from !== madeFrom(row.genome_hash, frame.pool, frame.runtime) || row.reach === null,
        stamped: isWhole(row.stamp),
      })),
    };
  }
}

/** Enters what was done; tells whether anything came out otherwise than it was listed. */
function enter(listing: Listing, row: WireRow, done: Rewiring, frame: Frame): boolean {
  const from = madeFrom(row.genome_hash, frame.pool, frame.runtime);
  if (row.reach === null) attributeScore(listing, row.id, frame.pool, done.reach);
  enterWiring(listing, row.id, {
    codeHash: frame.pool,
    stamp: done.stamp ?? row.stamp,
    wiredFrom: from,
    wiredStamp: done.wiredStamp,
    reach: done.reach,
    buildKey: done.buildKey,
  });
  return done.written.length > 0 || row.wired_from !== from || row.build_key !== done.buildKey;
}

function tell(
  step: StepContext,
  counts: { checked: number; written: number; stale: number },
  id: string,
  done: Rewired["done"],
): void {
  if (done && !done.ok) {
    counts.stale++;
    step.emit({ type: "agent.wired", id, ok: false, changed: false, issue: done.issue });
    return;
  }
  const written = done?.value.written ?? [];
  counts.checked++;
  counts.written += written.length;
  step.emit({ type: "agent.wired", id, ok: true, changed: written.length > 0, written });
}

/** Removes folders that a killed step has left unfinished; tells how many. */
function removeUnfinished(agents: string): number {
  const left = [...Deno.readDirSync(agents)].filter(({ name }) => name.startsWith(unfinished));
  for (const { name } of left) removeFolder(`${agents}/${name}`);
  return left.length;
}
