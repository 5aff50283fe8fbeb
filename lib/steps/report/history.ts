/**
 * What former reports found out about cycles that can't change any more, so that the next one needn't look again.
 *
 * @module
 */

import type { CycleReport } from "../../records/report_cycle.ts";
import type { CycleRow } from "../../db/cycle_report.ts";

/** Bump this when {@linkcode CycleReport} changes. */
const version = 6;

/** Cycles by number, each with what the listing said of it when it was read. */
export interface History {
  readonly version: typeof version;
  /** Hash of the pool that the genes were counted against. */
  readonly pool: string;
  readonly cycles: Record<string, { readonly statistics: string; readonly report: CycleReport }>;
}

/** A history without cycles. */
export function emptyHistory(pool: string): History {
  return { version, pool, cycles: {} };
}

/** The history that a file holds; an empty one where it is none, or of another pool. */
export function parseHistory(bytes: Uint8Array | undefined, pool: string): History {
  if (bytes === undefined) return emptyHistory(pool);
  try {
    const history = JSON.parse(new TextDecoder().decode(bytes)) as Partial<History> | null;
    if (history?.version === version && history.pool === pool && history.cycles && typeof history.cycles === "object") {
      return history as History;
    }
  } catch {
    // It is only a cache: what can't be read is made again.
  }
  return emptyHistory(pool);
}

/** What is known of a cycle, if it is the same cycle: its `cycle.finished` is compared to the letter. */
export function remembered(history: History, row: CycleRow): CycleReport | undefined {
  const known = history.cycles[row.cycle];
  return known && known.statistics === row.statistics ? known.report : undefined;
}

/** Keeps a cycle that can't change any more: closed, and followed by another. */
export function remember(history: History, row: CycleRow, report: CycleReport, last: number): boolean {
  if (row.state !== "closed" || row.statistics === null || row.cycle >= last) return false;
  history.cycles[row.cycle] = { statistics: row.statistics, report };
  return true;
}
