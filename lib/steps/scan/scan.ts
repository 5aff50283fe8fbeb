/**
 * Finds agents whose genome or code has changed, and judges whether they are fit to run.
 *
 * @module
 */

import { hasFolder } from "../../db/agents.ts";
import type { Counts, StepContext } from "../../step/context.ts";
import { infoOf } from "../../util/files.ts";
import { overWorkers } from "../../step/pool.ts";
import { StepFailed } from "../../util/issue.ts";
import { isUnscored, openCycle } from "../../db/cycle.ts";
import { isAgentId } from "../../run/id.ts";
import { KnownPools } from "../../template/known_pools.ts";
import { Listing } from "../../db/listing.ts";
import { unrecognisedCode } from "../../template/unrecognised_code.ts";
import { Recorder } from "./scan_record.ts";
import { isDue, type ScanRow, scanRows } from "./scan_rows.ts";
import type { Look, LookOrder } from "./scan_worker.ts";
import { formerPools } from "../../template/pool_store.ts";
import { activatePool, presentPool } from "../../template/template.ts";

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
  const total = listing.get<{ n: number }>(folderCount)!.n;
  if (total > 0) demandFolders(paths.agents);
  const { cycle, opened, renewed } = listing.transaction(() => {
    const open = openCycle(listing);
    return { ...open, renewed: (open.opened || isUnscored(listing)) && activatePool(listing) };
  });
  const pool = presentPool(listing);
  const pools = new KnownPools(paths, pool);
  const known = new Set([pool, ...formerPools(paths, pool)]);
  const recorder = new Recorder(step, listing, { cycle, pools, known });
  const pending: ScanRow[][] = [];
  const looks = overWorkers<LookOrder, Look[]>({
    module: new URL("./scan_worker.ts", import.meta.url),
    inline: () => import("./scan_worker.ts"),
    items: orders(step, listing, { pools, known, pending }),
    workers: step.workers,
    permissions: { read: [paths.agents, paths.template] },
    signal: step.signal,
    inlineBelow: inlineBatches,
    timed: (ms) => step.stages.add("look", ms),
  });
  for await (const batch of looks) {
    const rows = pending.shift()!;
    const findings: Parameters<Recorder["record"]>[0][number][] = [];
    for (const [i, look] of batch.entries()) {
      const row = rows[i]!;
      const unrecognised = look.seen && !look.seen.folder && look.seen.codeHash === undefined
        ? await unrecognisedCode(listing, `${paths.agents}/${row.id}`, pools, known)
        : undefined;
      findings.push({ row, look, unrecognised });
    }
    step.stages.time("record", () => recorder.record(findings));
    step.progress(recorder.counts.scanned, step.ids?.size ?? total);
  }
  warnOfStrays(step, recorder.strays);
  const { counts } = recorder;
  return { updates: counts.updates + (opened ? 1 : 0) + (renewed ? 1 : 0), ...withoutUpdates(counts), cycle };
}

const folderCount = `SELECT count(*) AS n FROM agents WHERE ${hasFolder}`;

/** What all agents share is no agent's fault: a disk that is not mounted must not disable them one by one. */
function demandFolders(agents: string): void {
  if (infoOf(agents)) {
    // One that can't be searched is an error of its own.
    Deno.lstatSync(`${agents}/.`);
    for (const { name } of Deno.readDirSync(agents)) if (isAgentId(name)) return;
  }
  throw new StepFailed({
    code: "agents.missing",
    message:
      "Cannot look at the agents as their folders must be there: all of them are missing. Mount the disk that they " +
      "lie on, or run `deno task doctor`, which makes them again from the listing.",
    path: agents,
  });
}

function warnOfStrays({ log }: StepContext, strays: readonly string[]): void {
  if (strays.length === 0) return;
  const more = strays.length === 1 ? "" : ` and ${strays.length - 1} more`;
  log.warn(`Agents' folders hold what is no code and no step's to read: ${strays[0]}${more}. It is ignored.`);
}

interface Orders {
  readonly pools: KnownPools;
  readonly known: ReadonlySet<string>;
  /** The rows of each order that was given out, oldest first: results come in the same order. */
  readonly pending: ScanRow[][];
}

async function* orders(step: StepContext, listing: Listing, of: Orders): AsyncGenerator<LookOrder> {
  const { agents, template } = step.paths;
  const { pools, known, pending } = of;
  for (const listed of scanRows(listing, step.ids)) {
    const rows = await Promise.all(listed.map((row) => withReach(row, listing, pools)));
    pending.push(rows);
    yield {
      agents,
      template,
      pool: pools.present,
      rows: rows.map((row) => {
        const { id, stamp, genome_hash: genomeHash, code_hash: code } = row;
        const codeHash = known.has(code) ? code : undefined;
        return { id, stamp, genomeHash, codeHash, due: isDue(row, known) };
      }),
    };
  }
}

/** A disabled agent is wired no more, and yet becomes active again where something that it reaches has changed. */
async function withReach(row: ScanRow, listing: Listing, pools: KnownPools): Promise<ScanRow> {
  const isPresent = row.wired_from?.startsWith(`${row.genome_hash}:${pools.present}:`);
  if (row.status !== "disabled" || isPresent) return row;
  const bytes = listing.blob(row.genome_hash);
  const { readGenome } = await import("./scan_worker.ts");
  const read = bytes && await readGenome(bytes, pools);
  return { ...row, reach: read?.ok ? read.value.reach : null };
}

function withoutUpdates({ updates: _, ...rest }: Counts): Record<string, number> {
  return rest;
}
