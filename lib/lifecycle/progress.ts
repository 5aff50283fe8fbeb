/**
 * How far a run's cycles are, as it stands in the listing.
 *
 * @module
 */

import { lastCycle } from "../agents/cycle.ts";
import { Listing } from "../agents/listing.ts";
import type { CycleStatistics } from "../select/statistics.ts";

/** The steps of a cycle, in order. Those after `select` belong to the cycle that `select` closed. */
export const cycleSteps = ["scan", "sync-wiring", "build", "supervise", "select"] as const;
/** What follows when a cycle is closed: gestations, events, statistics. */
export const tailSteps = ["supervise", "hooks", "report"] as const;

/** The name of a step of the chain. */
export type ChainStep = (typeof cycleSteps)[number] | (typeof tailSteps)[number];

/** Where a run stands. */
export interface Standing {
  /** Number of the last closed cycle, 0 before the first one. */
  readonly closed: number;
  /** The step with which the present or the next cycle goes on. */
  readonly next: (typeof cycleSteps)[number];
  /** The closed cycle that a chain began and whose tail it did not finish, or `undefined`. */
  readonly unfinished: number | undefined;
  /** Whether gestations of a closed cycle are due. */
  readonly births: boolean;
  /** Whether `build` has to come first, since programs were lost, or signed with another project's key. */
  readonly unsigned: boolean;
}

/**
 * Where a run stands. A cycle that was begun goes on with the step that was interrupted and not before it: what
 * `scan` would find after episodes are lived belongs to the next cycle, as in a run that was never interrupted.
 */
export function standing(listing: Listing): Standing {
  const last = lastCycle(listing);
  const open = last !== undefined && last.state !== "closed";
  const closed = open ? last.cycle - 1 : last?.cycle ?? 0;
  const mark = listing.get<{ event: number }>("SELECT event FROM cursors WHERE name = ?", markName)?.event;
  const lived = last?.state === "open" && listing.get(livedQuery, last.cycle) !== undefined;
  const births = !open && listing.get(birthsQuery) !== undefined;
  const unsigned = (lived || births) && listing.get(unsignedQuery) !== undefined;
  const begun = unsigned ? "build" : "supervise";
  return {
    closed,
    next: !open ? "scan" : last.state !== "open" ? "select" : lived ? begun : "scan",
    unfinished: !open && mark !== undefined && mark === closed ? closed : undefined,
    births,
    unsigned,
  };
}

const livedQuery = "SELECT 1 FROM episodes WHERE kind = 'judged' AND cycle = ? LIMIT 1";
const birthsQuery = "SELECT 1 FROM agents WHERE status = 'active' AND state = 'unborn' LIMIT 1";

/**
 * The judge, and who is built from its present genome, must be signed. A newborn that was never built has what its parent
 * was built as.
 */
const unsignedQuery = `SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM statements WHERE genome = 'judge')
  OR EXISTS (SELECT 1 FROM agents WHERE status = 'active' AND state IN ('unborn', 'grown') AND genome_ok = 1
    AND build_hash IS NOT NULL AND coalesce(built_from, genome_hash) LIKE genome_hash || '%'
    AND NOT EXISTS (SELECT 1 FROM statements WHERE artifact = build_hash AND genome = genome_hash))`;

/** Notes that this chain is about to close a cycle, so that whoever goes on after a kill finishes its tail. */
export function markTail(listing: Listing, cycle: number): void {
  listing.run("INSERT INTO cursors VALUES (?, ?) ON CONFLICT DO UPDATE SET event = excluded.event", markName, cycle);
}

/** Notes that the tail is finished. */
export function unmarkTail(listing: Listing): void {
  listing.run("DELETE FROM cursors WHERE name = ?", markName);
}

/** What was recorded of a closed cycle. */
export function statisticsOf(listing: Listing, cycle: number): CycleStatistics | undefined {
  const row = listing.get<{ statistics: string | null }>("SELECT statistics FROM cycles WHERE cycle = ?", cycle);
  return row?.statistics ? JSON.parse(row.statistics) : undefined;
}

const markName = "lifecycle";
