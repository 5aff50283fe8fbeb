/**
 * How far each receiver of events has come: the number of the last event that it was given.
 *
 * @module
 */

import type { Listing } from "./listing.ts";

/** Name of the cursor of `logs/events.ndjson`. */
export const logCursor = "events.ndjson";

/** The table also holds the mark of a chain at work, which is not ours to count or to forget. */
const isReceiver = `(name = '${logCursor}' OR name LIKE 'hook:%')`;

/** SQL for the number of the last event that all receivers were given; null where there is no log of events. */
export const lastReceived =
  `(SELECT iif(count(*) FILTER (WHERE name = '${logCursor}') = 1, min(event), NULL) FROM cursors WHERE ${isReceiver})`;

/** The number of the last event that a receiver was given, or `undefined` for a new one. */
export function cursor(listing: Listing, name: string): number | undefined {
  return listing.get<{ event: number }>("SELECT event FROM cursors WHERE name = ?", name)?.event;
}

/** Moves a cursor on; never back. */
export function moveCursor(listing: Listing, name: string, event: number): void {
  listing.run(
    "INSERT INTO cursors VALUES (?, ?) ON CONFLICT DO UPDATE SET event = max(event, excluded.event)",
    name,
    event,
  );
}

/** Sets a cursor that may go back: that of a chain of steps. */
export function setCursor(listing: Listing, name: string, event: number): void {
  listing.run("INSERT INTO cursors VALUES (?, ?) ON CONFLICT DO UPDATE SET event = excluded.event", name, event);
}

/** Drops cursors by their names. */
export function dropCursors(listing: Listing, names: readonly string[]): void {
  listing.run("DELETE FROM cursors WHERE name IN (SELECT value FROM json_each(?))", JSON.stringify(names));
}

/** Whether all receivers that there were so far have been given the events up to this number. */
export function allAt(listing: Listing, event: number): boolean {
  const { behind, log } = listing.get<{ behind: number; log: number }>(
    `SELECT count(*) FILTER (WHERE event < ?1) AS behind, count(*) FILTER (WHERE name = ?2) AS log FROM cursors
      WHERE ${isReceiver}`,
    event,
    logCursor,
  )!;
  return event === 0 || (behind === 0 && log === 1);
}

/** Forgets the cursors of hooks that are not configured any more. */
export function forgetCursors(listing: Listing, known: readonly string[]): void {
  listing.run(
    `DELETE FROM cursors WHERE ${isReceiver} AND name NOT IN (SELECT value FROM json_each(?))`,
    JSON.stringify(known),
  );
}
