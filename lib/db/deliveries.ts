/**
 * What hooks are still to be given, and hooks that are left alone for a while.
 *
 * @module
 */

import type { EventType } from "../records/events.ts";
import { cursor, moveCursor } from "./cursors.ts";
import type { Listing } from "./listing.ts";

/** An event that waits for a hook. */
export interface Waiting {
  readonly event: number;
  /** Attempts that failed so far. */
  readonly attempts: number;
  /** When it was put among those that wait, in milliseconds since 1970. */
  readonly sinceMs: number;
}

/** Which events a hook is given. */
export interface EventFilter {
  readonly types: readonly EventType[];
  /** Ids of agents; absent: of all, and those of no agent. */
  readonly agents?: readonly string[];
}

/** A hook that failed. */
export interface HookBackoff {
  /** In a row. */
  readonly failures: number;
  readonly untilMs: number;
}

const waiting = "event, attempts, since_ms AS sinceMs";

/**
 * Puts the next events of a hook among those that wait for it, and moves its cursor behind them.
 *
 * @param upTo Number of the last event that counts.
 * @param most How many are put there at most.
 * @returns How many were; fewer than `most`: there are no more.
 */
export function enqueue(
  listing: Listing,
  hook: string,
  { types, agents }: EventFilter,
  { upTo, most, now }: { readonly upTo: number; readonly most: number; readonly now: number },
): number {
  return listing.transaction(() => {
    const events = listing.all<{ id: number }>(
      `SELECT id FROM events WHERE id > ? AND id <= ? AND type IN (SELECT value FROM json_each(?))
        AND (? IS NULL OR agent IN (SELECT value FROM json_each(?))) ORDER BY id LIMIT ?`,
      cursor(listing, hook) ?? 0,
      upTo,
      JSON.stringify(types),
      agents ? 1 : null,
      JSON.stringify(agents ?? []),
      most,
    );
    for (const { id } of events) {
      listing.run("INSERT OR IGNORE INTO deliveries VALUES (?, ?, 0, ?, 0)", hook, id, now);
    }
    moveCursor(listing, hook, events.length < most ? upTo : events.at(-1)!.id);
    return events.length;
  });
}

/**
 * What a hook may be given now, those with the fewest attempts first.
 *
 * @param latest No time can be later than this: a clock was set back since, and the event is due.
 */
export function dueDeliveries(
  listing: Listing,
  hook: string,
  { now, latest, most }: { readonly now: number; readonly latest: number; readonly most: number },
): Waiting[] {
  return listing.all<Waiting>(
    `SELECT ${waiting} FROM deliveries WHERE hook = ? AND (due_ms <= ? OR due_ms > ?) ORDER BY attempts, event LIMIT ?`,
    hook,
    now,
    latest,
    most,
  );
}

/** The events that have waited longest, in their order. */
export function oldestDeliveries(listing: Listing, hook: string, most: number): Waiting[] {
  return listing.all<Waiting>(
    `SELECT ${waiting} FROM deliveries WHERE hook = ? ORDER BY event LIMIT ?`,
    hook,
    most,
  );
}

/** What waits for a hook since before a time, in the order of events. */
export function deliveriesBefore(listing: Listing, hook: string, sinceMs: number): Waiting[] {
  return listing.all<Waiting>(
    `SELECT ${waiting} FROM deliveries WHERE hook = ? AND since_ms < ? ORDER BY event`,
    hook,
    sinceMs,
  );
}

/** How many events wait for a hook; absent: for any. */
export function deliveryCount(listing: Listing, hook?: string): number {
  return listing.get<{ n: number }>(
    "SELECT count(*) AS n FROM deliveries WHERE hook = coalesce(?, hook)",
    hook ?? null,
  )!.n;
}

/** Whether any event waits for a hook. */
export function hasDeliveries(listing: Listing): boolean {
  return listing.get("SELECT 1 FROM deliveries LIMIT 1") !== undefined;
}

/** Hooks that events wait for. */
export function waitingHooks(listing: Listing): string[] {
  return listing.all<{ hook: string }>("SELECT DISTINCT hook FROM deliveries").map(({ hook }) => hook);
}

/** Notes that an attempt failed, and when the next one is due. */
export function postpone(listing: Listing, hook: string, event: number, dueMs: number): void {
  listing.run(
    "UPDATE deliveries SET attempts = attempts + 1, due_ms = ? WHERE hook = ? AND event = ?",
    dueMs,
    hook,
    event,
  );
}

/** Forgets an event that a hook has been given, or is not given any more. */
export function settle(listing: Listing, hook: string, event: number): void {
  listing.run("DELETE FROM deliveries WHERE hook = ? AND event = ?", hook, event);
}

/** How long a hook is left alone, or `undefined` where it did not fail. */
export function hookBackoff(listing: Listing, hook: string): HookBackoff | undefined {
  return listing.get<HookBackoff>(
    "SELECT failures, until_ms AS untilMs FROM hook_backoffs WHERE hook = ?",
    hook,
  );
}

/** Notes that a hook failed, and until when it is left alone. */
export function setHookBackoff(listing: Listing, hook: string, { failures, untilMs }: HookBackoff): void {
  listing.run("INSERT OR REPLACE INTO hook_backoffs VALUES (?, ?, ?)", hook, failures, untilMs);
}

/** Notes that a hook is well again. */
export function endHookBackoff(listing: Listing, hook: string): void {
  listing.run("DELETE FROM hook_backoffs WHERE hook = ?", hook);
}

/** Forgets back-offs of hooks that are not configured any more. */
export function forgetBackoffs(listing: Listing, known: readonly string[]): void {
  listing.run("DELETE FROM hook_backoffs WHERE hook NOT IN (SELECT value FROM json_each(?))", JSON.stringify(known));
}
