/**
 * What reports of cycles are made from, and those that are kept of compacted cycles.
 *
 * @module
 */

import type { CycleReport } from "../records/report_cycle.ts";
import { ofToday } from "./changes.ts";
import type { CycleRow } from "./cycle_report.ts";
import { scoresOf } from "./estimates.ts";
import type { Listing } from "./listing.ts";

/** The cycles after `from` up to `to`. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** The cycles of a run in their order: all of them, or those of a span. */
export function cycleRows(listing: Listing, { from, to }: Span = { from: 0, to: Number.MAX_SAFE_INTEGER }): CycleRow[] {
  const query = "SELECT cycle, state, statistics FROM cycles WHERE cycle > ? AND cycle <= ? ORDER BY cycle";
  return listing.all<CycleRow>(query, from, to);
}

/** Number of the last compacted cycle, 0 where there is none. */
export function lastCompacted(listing: Listing): number {
  return listing.get<{ last: number }>("SELECT coalesce(max(cycle), 0) AS last FROM cycle_reports")!.last;
}

/** Keeps what reports say of a cycle that is about to be compacted, and the scores that estimates look back on. */
export function keepReport(listing: Listing, report: CycleReport): void {
  const kept = { ...report, scores: scoresOf(listing, report.cycle) };
  listing.run("INSERT INTO cycle_reports VALUES (?, ?)", report.cycle, JSON.stringify(kept));
}

/** What is left of cycles that were compacted. */
export function keptReports(listing: Listing): Map<number, CycleReport> {
  const rows = listing.all<KeptRow>(`SELECT cycle, ${withoutScores} FROM cycle_reports`);
  return new Map(rows.map((row) => [row.cycle, reportOf(row)]));
}

/** What is left of one cycle; `undefined` where it was not compacted. */
export function keptReport(listing: Listing, cycle: number): CycleReport | undefined {
  const row = listing.get<KeptRow>(`SELECT cycle, ${withoutScores} FROM cycle_reports WHERE cycle = ?`, cycle);
  return row && reportOf(row);
}

interface KeptRow {
  readonly cycle: number;
  readonly report: string;
}

const withoutScores = "json_remove(report, '$.scores') AS report";

function reportOf({ report }: KeptRow): CycleReport {
  const kept = JSON.parse(report) as CycleReport;
  return { ...kept, gestations: ofToday(kept.gestations) };
}
