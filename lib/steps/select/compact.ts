/**
 * Compaction: what is older than the configuration wants to keep goes, once it is summed up for reports.
 *
 * @module
 */

import type { Listing } from "../../db/listing.ts";
import type { Pool } from "../../genome/pool.ts";
import { reportCycle } from "../../db/cycle_report.ts";
import { Expression } from "../../genome/expression.ts";
import { forgetScores } from "../../db/estimates.ts";
import { forgetOld } from "../../db/compaction.ts";
import { cycleRows, keepReport, lastCompacted, type Span } from "../../db/cycle_reports.ts";

/**
 * The cycles that are to be compacted: a tenth of those that are kept at a time, since to find out what nothing names any
 * more all that is kept is looked at.
 *
 * @param cycle The last closed cycle.
 * @param kept How many cycles are kept whole, from 1.
 * @returns Undefined where there are none.
 */
export function dueSpan(listing: Listing, cycle: number, kept: number): Span | undefined {
  const from = lastCompacted(listing);
  const to = cycle - kept;
  return to - from >= Math.max(1, Math.floor(kept / 10)) ? { from, to } : undefined;
}

/**
 * Compacts cycles; call it in the transaction that closes the last one, so that no kill comes between.
 *
 * What a report says of each is kept in the place of what it was read from.
 *
 * @param span From {@linkcode dueSpan}.
 * @param pool The run's present pool: genes are counted against it.
 */
export function compact(listing: Listing, span: Span, pool: Pool): void {
  const expression = new Expression(pool);
  // All of them before anything goes: a later one looks at evaluations of earlier ones.
  for (const row of cycleRows(listing, span)) keepReport(listing, reportCycle(listing, row, expression));
  forgetOld(listing, span);
  forgetScores(listing);
}
