/**
 * The agents that `scan` looks at, as the listing knows them.
 *
 * @module
 */

import { hasFolder } from "../../db/agents.ts";
import type { Listing } from "../../db/listing.ts";
import { agentKey } from "../../db/agent_key.ts";
import type { Status } from "../../records/status.ts";

/** What `scan` needs of an agent's row. */
export interface ScanRow {
  readonly ordinal: number;
  readonly id: string;
  readonly status: Status;
  readonly code: string | null;
  readonly reason: string | null;
  readonly disabled_key: string | null;
  readonly genome_hash: string;
  readonly code_hash: string;
  /** What the genome reaches of the present pool; of an active agent as it was last wired. */
  readonly reach: string | null;
  readonly wired_from: string | null;
  readonly genome_ok: number;
  readonly stamp: string | null;
  readonly wired_stamp: string | null;
  readonly built_from: string | null;
  readonly metrics: string | null;
  readonly metrics_of: string | null;
  readonly mutations: number;
  readonly parents: string;
  /** 1: the listing is ahead of `genome.bin`, which `supervise` has still to write. */
  readonly ahead: number;
}

const batch = 64;

const page = `
SELECT ordinal, id, status, code, reason, disabled_key, genome_hash, code_hash, reach, wired_from, genome_ok, stamp, wired_stamp,
    built_from, metrics, metrics_of, mutations, parents,
    EXISTS (SELECT 1 FROM pending_files WHERE agent = id AND file = 'genome.bin') AS ahead
  FROM agents WHERE ordinal > ? AND ${hasFolder} ORDER BY ordinal LIMIT ${batch}`;

/**
 * All agents that are not dead and have a folder, in their order, in batches.
 *
 * Pages by the order instead of keeping a query open, so that rows can be written in between.
 *
 * @param ids Only these, if given.
 */
export function* scanRows(listing: Listing, ids?: ReadonlySet<string>): Generator<ScanRow[]> {
  for (let last = -1;;) {
    const rows = listing.all<ScanRow>(page, last);
    if (rows.length === 0) return;
    last = rows.at(-1)!.ordinal;
    const wanted = ids ? rows.filter(({ id }) => ids.has(id)) : rows;
    if (wanted.length > 0) yield wanted;
  }
}

/**
 * Whether an agent's genome and code must be judged anew even if nothing in its folder was touched.
 *
 * @param known Hashes of all pools that the run has had.
 */
export function isDue(row: ScanRow, known: ReadonlySet<string>): boolean {
  const settled = row.status === "disabled" && row.disabled_key === agentKey(row.genome_hash, row.reach);
  return !settled && (row.genome_ok === 0 || row.metrics_of !== row.genome_hash || !known.has(row.code_hash));
}

/**
 * Whether an agent must be wired or built anew.
 *
 * @param row Genome and code as they are now, and what was last built.
 * @param pool Hash of the present pool.
 */
export function isChanged(row: Pick<ScanRow, "genome_hash" | "code_hash" | "built_from">, pool: string): boolean {
  return row.code_hash !== pool || !row.built_from?.startsWith(`${row.genome_hash}:`);
}
