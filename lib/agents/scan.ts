/**
 * Finds agents whose genome or code has changed, and judges whether they are fit to live.
 *
 * @module
 */

import type { Counts, StepContext } from "../step/context.ts";
import { overWorkers } from "../step/pool.ts";
import { openCycle } from "./cycle.ts";
import { KnownPools } from "./known_pools.ts";
import { Listing } from "./listing.ts";
import { oddCode } from "./odd_code.ts";
import { Recorder } from "./scan_record.ts";
import { isDue, type ScanRow, scanRows } from "./scan_rows.ts";
import type { Look, LookOrder } from "./scan_worker.ts";
import { formerPools, presentPool, takeUpPool } from "./template.ts";

// A folder takes a tenth of a millisecond to look at, a worker thirty to start.
const inlineBatches = 4;

/**
 * Looks at all agents that are not dead, and opens a cycle if the last one is closed.
 *
 * Reads agents' files and writes none of them. Where nothing was touched since the last scan, no file is opened.
 */
export async function scan(step: StepContext): Promise<Counts> {
  const { paths } = step;
  using listing = Listing.open(paths.listing);
  presentPool(listing);
  const { cycle, opened, renewed } = listing.transaction(() => {
    const open = openCycle(listing);
    return { ...open, renewed: open.opened && takeUpPool(listing) };
  });
  const pool = presentPool(listing);
  const pools = new KnownPools(paths, pool);
  const known = new Set([pool, ...formerPools(paths, pool)]);
  const recorder = new Recorder(step, listing, { cycle, pools, known });
  const pending: ScanRow[][] = [];
  const looks = overWorkers<LookOrder, Look[]>({
    module: new URL("./scan_worker.ts", import.meta.url),
    inline: () => import("./scan_worker.ts"),
    items: orders(step, listing, { pool, known, pending }),
    workers: step.workers,
    permissions: { read: [paths.agents, paths.template] },
    signal: step.signal,
    inlineBelow: inlineBatches,
    timed: (ms) => step.stages.add("look", ms),
  });
  const total = listing.get<{ n: number }>("SELECT count(*) AS n FROM agents WHERE status <> 'dead'")!.n;
  for await (const batch of looks) {
    const rows = pending.shift()!;
    const findings: Parameters<Recorder["record"]>[0][number][] = [];
    for (const [i, look] of batch.entries()) {
      const row = rows[i]!;
      const odd = look.seen && !look.seen.folder && look.seen.codeHash === undefined
        ? await oddCode(listing, `${paths.agents}/${row.id}`, pools, known)
        : undefined;
      findings.push({ row, look, odd });
    }
    step.stages.time("record", () => recorder.record(findings));
    step.progress(recorder.counts.scanned, step.ids?.size ?? total);
  }
  const { counts } = recorder;
  return { acted: counts.acted + (opened ? 1 : 0) + (renewed ? 1 : 0), ...withoutActed(counts), cycle };
}

interface Orders {
  readonly pool: string;
  readonly known: ReadonlySet<string>;
  /** The rows of each order that was given out, oldest first: results come in the same order. */
  readonly pending: ScanRow[][];
}

function* orders(step: StepContext, listing: Listing, { pool, known, pending }: Orders): Generator<LookOrder> {
  const { agents, template } = step.paths;
  for (const rows of scanRows(listing, step.ids)) {
    pending.push(rows);
    yield {
      agents,
      template,
      pool,
      rows: rows.map((row) => {
        const { id, stamp, genome_hash: genomeHash, code_hash: code } = row;
        const codeHash = known.has(code) ? code : undefined;
        return { id, stamp, genomeHash, codeHash, due: isDue(row, pool, known) };
      }),
    };
  }
}

function withoutActed({ acted: _, ...rest }: Counts): Record<string, number> {
  return rest;
}
