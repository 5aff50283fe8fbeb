/**
 * Reads events from the listing, in their order.
 *
 * @module
 */

import type { EventType, RunEvent } from "../records/events.ts";
import type { Listing } from "./listing.ts";

/** What an event may hold as JSON, in characters; the data of a longer one is left out. */
export const mostData = 32_768;

interface EventRow {
  readonly id: number;
  readonly cycle: number;
  readonly type: EventType;
  readonly agent: string | null;
  readonly data: string;
  readonly at: string;
}

/** Number of the last event, 0 where there is none. */
export function lastEvent(listing: Listing): number {
  return listing.get<{ last: number }>("SELECT coalesce(max(id), 0) AS last FROM events")!.last;
}

/** The events after one number and up to another; at most `most` of them. */
export function readEvents(listing: Listing, after: number, upTo: number, most: number): RunEvent[] {
  const rows = listing.all<EventRow>(
    "SELECT * FROM events WHERE id > ? AND id <= ? ORDER BY id LIMIT ?",
    after,
    upTo,
    most,
  );
  return rows.map(eventOf);
}

/** The event of a number, or `undefined`. */
export function readEvent(listing: Listing, number: number): RunEvent | undefined {
  const row = listing.get<EventRow>("SELECT * FROM events WHERE id = ?", number);
  return row && eventOf(row);
}

/** What is read is what `recordEvent()` took. */
function eventOf({ id, type, cycle, agent, at, data }: EventRow): RunEvent {
  return {
    number: id,
    type,
    cycle,
    id: agent,
    at,
    data: data.length > mostData ? { omitted: `${data.length} characters` } : JSON.parse(data),
  } as RunEvent;
}
