/**
 * The cycles of a run: `scan` opens one, `supervise` judges it, `select` plans and closes it.
 *
 * @module
 */

import type { CycleStatistics } from "../records/cycle.ts";
import { recordEvent } from "./events.ts";
import type { Listing } from "./listing.ts";

/** How far a cycle has come, in this order. */
export const cycleStates = ["open", "judged", "planned", "closed"] as const;

/** How far a cycle has come. */
export type CycleState = (typeof cycleStates)[number];

/** A cycle of the run. */
export interface Cycle {
  /** Its number, from 1. */
  readonly cycle: number;
  readonly state: CycleState;
}

/** The last cycle of a run, or `undefined` before the first one. */
export function lastCycle(listing: Listing): Cycle | undefined {
  return listing.get<Cycle>("SELECT cycle, state FROM cycles ORDER BY cycle DESC LIMIT 1");
}

/**
 * Whether a cycle is open in which nothing has a score yet: then a renewed template can still be taken up in it, so that one
 * with which nothing gets a score does not hold the run.
 */
export function isUnscored(listing: Listing): boolean {
  return listing.get(
    `SELECT 1 FROM cycles c WHERE c.cycle = (SELECT max(cycle) FROM cycles) AND c.state = 'open' AND NOT EXISTS
      (SELECT 1 FROM evaluations e WHERE e.cycle = c.cycle AND e.kind = 'judged' AND e.score IS NOT NULL)`,
  ) !== undefined;
}

/** Notes that bests of cycles before the present or the next one say nothing of those to come: template or world are others. */
export function forgetBests(listing: Listing): void {
  const last = lastCycle(listing);
  const cycle = last?.state === "closed" ? last.cycle + 1 : last?.cycle ?? 1;
  listing.setMeta("bestsSince", String(cycle));
}

/** The number that events and reasons carry now: that of the last cycle, 0 before the first one. */
export function presentCycle(listing: Listing): number {
  return lastCycle(listing)?.cycle ?? 0;
}

/**
 * Opens the next cycle if the last one is closed; call it inside a transaction.
 *
 * @returns The cycle that is open or under way now, and whether this call opened it.
 */
export function openCycle(listing: Listing): Cycle & { readonly opened: boolean } {
  const last = lastCycle(listing);
  if (last && last.state !== "closed") return { ...last, opened: false };
  const cycle = (last?.cycle ?? 0) + 1;
  listing.run("INSERT INTO cycles (cycle, state) VALUES (?, 'open')", cycle);
  return { cycle, state: "open", opened: true };
}

/** Ends the evaluations of an open cycle; tells whether it was open. */
export function judgeCycle(listing: Listing, cycle: number): boolean {
  return listing.run("UPDATE cycles SET state = 'judged' WHERE cycle = ? AND state = 'open'", cycle) > 0;
}

/**
 * Ends the selection of a judged cycle: what follows from it stands in the listing, and the folders are to follow.
 *
 * @param selection The strategy that selected, and its options.
 */
export function planCycle(listing: Listing, statistics: CycleStatistics, selection: unknown): void {
  listing.run(
    "UPDATE cycles SET state = 'planned', statistics = ?, selection = ? WHERE cycle = ? AND state = 'judged'",
    JSON.stringify(statistics),
    JSON.stringify(selection),
    statistics.cycle,
  );
}

/** Closes a planned cycle, and says so in an event; call it inside a transaction. */
export function closeCycle(listing: Listing, cycle: number): void {
  if (listing.run("UPDATE cycles SET state = 'closed' WHERE cycle = ? AND state = 'planned'", cycle) === 0) return;
  recordEvent(listing, cycle, "cycle.finished", null, statisticsOf(listing, cycle)!);
}

/** What was recorded of a cycle that is planned or closed. */
export function statisticsOf(listing: Listing, cycle: number): CycleStatistics | undefined {
  const row = listing.get<{ statistics: string | null }>("SELECT statistics FROM cycles WHERE cycle = ?", cycle);
  return row?.statistics ? JSON.parse(row.statistics) : undefined;
}
