/**
 * Records events in the listing; `hooks` delivers them. What they tell stands in `records/events.ts`.
 *
 * @module
 */

import type { EventData, EventId, EventType } from "../records/events.ts";
import type { Listing } from "./listing.ts";

// Modules of hooks have it from here.
export type { RunEvent } from "../records/events.ts";

/**
 * Records an event; call it inside the transaction that makes it true.
 *
 * @param agent The agent's id, or null.
 */
export function recordEvent<Type extends EventType>(
  listing: Listing,
  cycle: number,
  type: Type,
  agent: EventId<Type>,
  data: EventData[Type],
): void {
  listing.run(
    "INSERT INTO events (cycle, type, agent, data, at) VALUES (?, ?, ?, ?, ?)",
    cycle,
    type,
    agent,
    JSON.stringify(data),
    new Date().toISOString(),
  );
}

/**
 * SQL for the number of the last event, 0 before the first one: what no event tells is kept beside it, so that it can be
 * told in its place among them.
 */
export const lastEvent = "(SELECT coalesce(max(id), 0) FROM events)";
