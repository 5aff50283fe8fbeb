/**
 * How far a run's cycles are, as it stands in the listing.
 *
 * @module
 */

import { isUnscored, lastCycle } from "../../db/cycle.ts";
import { knownRuntime } from "../../db/known_runtime.ts";
import { Listing } from "../../db/listing.ts";
import { cursor, dropCursors, setCursor } from "../../db/cursors.ts";

/** The steps of a cycle, in order. Those after `select` belong to the cycle that `select` closed. */
export const cycleSteps = ["scan", "sync-wiring", "build", "supervise", "select"] as const;
/** What follows when a cycle is closed: gestations, events, statistics. */
export const tailSteps = ["supervise", "hooks", "report"] as const;

/** The name of a step of the chain. */
export type ChainStep = (typeof cycleSteps)[number] | (typeof tailSteps)[number] | "race" | "draw";

/** Where a run stands. */
export interface ChainPosition {
  /** Number of the last closed cycle, 0 before the first one. */
  readonly closed: number;
  /** The step with which the present or the next cycle goes on. */
  readonly next: (typeof cycleSteps)[number];
  /** The closed cycle that a chain began and whose tail it did not finish, or `undefined`. */
  readonly unfinished: number | undefined;
  /** The cycle that was begun and is not over: it is not closed, or its tail is not finished. */
  readonly begun: number | undefined;
  /** Whether gestations of a closed cycle are due. */
  readonly births: boolean;
  /** Whether `build` has to come first, since programs were lost, or signed with another project's key. */
  readonly unsigned: boolean;
  /** Whether `sync-wiring` and `build` have to come first, since the runtime is another one than agents were built with. */
  readonly outdated: boolean;
}

/**
 * Where a run stands. A cycle that was begun goes on with the step that was interrupted and not before it: what
 * `scan` would find after episodes are run belongs to the next cycle, as in a run that was never interrupted.
 *
 * @param runtime Hash of the runtime's modules.
 */
export function chainPosition(listing: Listing, runtime: string): ChainPosition {
  const last = lastCycle(listing);
  const open = last !== undefined && last.state !== "closed";
  const closed = open ? last.cycle - 1 : last?.cycle ?? 0;
  const mark = cursor(listing, markName);
  // A renewed template is taken up by scan where nothing has a score yet.
  const renews = listing.meta("next") !== undefined && isUnscored(listing);
  const evaluated = last?.state === "open" && !renews && listing.get(evaluatedQuery, last.cycle) !== undefined;
  const births = !open && listing.get(birthsQuery) !== undefined;
  const unsigned = (evaluated || births) && listing.get(unsignedQuery) !== undefined;
  const outdated = (evaluated || births) && knownRuntime(listing, runtime) === undefined;
  const evaluation = outdated ? "sync-wiring" : unsigned ? "build" : "supervise";
  const unfinished = !open && mark !== undefined && mark === closed ? closed : undefined;
  return {
    closed,
    next: !open ? "scan" : last.state !== "open" ? "select" : evaluated ? evaluation : "scan",
    unfinished,
    begun: open ? last.cycle : unfinished ?? (births ? closed : undefined),
    births,
    unsigned,
    outdated,
  };
}

const evaluatedQuery = "SELECT 1 FROM evaluations WHERE kind = 'judged' AND cycle = ? LIMIT 1";
const birthsQuery = "SELECT 1 FROM agents WHERE status = 'active' AND stage = 'newborn' LIMIT 1";

/**
 * What agents share, and what is built from its present genome, must be signed. A newborn that was never built has what its parent
 * was built as.
 */
const unsignedQuery = `SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM statements WHERE genome = 'judge')
  OR EXISTS (SELECT 1 FROM meta WHERE key = 'pool' AND NOT (
    EXISTS (SELECT 1 FROM statements WHERE genome = 'pool:' || value)
    AND EXISTS (SELECT 1 FROM statements WHERE genome = 'kit:' || value)))
  OR EXISTS (SELECT 1 FROM agents WHERE status = 'active' AND stage IN ('newborn', 'adult') AND genome_ok = 1
    AND build_hash IS NOT NULL AND coalesce(built_from, genome_hash) LIKE genome_hash || '%'
    AND NOT EXISTS (SELECT 1 FROM statements WHERE artifact = build_hash AND genome = genome_hash))`;

/** Notes that this chain is about to close a cycle, so that what goes on after a kill finishes its tail. */
export function markTail(listing: Listing, cycle: number): void {
  setCursor(listing, markName, cycle);
}

/** Notes that the tail of a cycle is finished, and with it maybe what a chain was asked for. */
export function unmarkTail(listing: Listing, cycle: number): void {
  listing.transaction(() => {
    dropCursors(listing, [markName]);
    if (cursor(listing, goalName) === cycle) forgetGoal(listing);
  });
}

/**
 * The cycle up to which a chain goes that is asked for so many cycles more. If one that was asked for as many was killed,
 * or has failed, on the way, it is the one that this was to go to: the same command again ends as if it had been one.
 */
export function goalOf(listing: Listing, { closed, unfinished }: ChainPosition, cycles: number): number {
  return listing.transaction(() => {
    const goal = cursor(listing, goalName);
    const isOpen = goal !== undefined && (goal > closed || goal === unfinished);
    if (isOpen && cursor(listing, askedName) === cycles) return goal;
    setCursor(listing, goalName, closed + cycles);
    setCursor(listing, askedName, cycles);
    return closed + cycles;
  });
}

/** Forgets what a chain was asked for: it was done, given up, or something else is asked for. */
export function forgetGoal(listing: Listing): void {
  dropCursors(listing, [goalName, askedName]);
}

const markName = "lifecycle";
const goalName = "lifecycle goal";
const askedName = "lifecycle cycles";
