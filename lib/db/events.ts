/**
 * Events: what a run tells the world. Steps write them into the listing; `hooks` delivers them.
 *
 * @module
 */

import type { Listing } from "./listing.ts";

/** All types of events. */
export const eventTypes = [
  "agent.created",
  "agent.changed",
  "agent.disabled",
  "agent.stray",
  "artifact.refused",
  "agent.crashed",
  "agent.died",
  "agent.born",
  "resident.ended",
  "cycle.finished",
] as const;

/** The type of an event. */
export type EventType = (typeof eventTypes)[number];

/** One event as it is delivered: a line of `logs/events.ndjson`, or what a hook gets. */
export interface RunEvent {
  /** Counts up from 1 within a run. */
  readonly number: number;
  readonly type: EventType;
  readonly cycle: number;
  /** The agent's id, null for `cycle.finished`. */
  readonly id: string | null;
  /** Time of day at which it was recorded, in ISO 8601. */
  readonly at: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/**
 * Records an event; call it inside the transaction that makes it true.
 *
 * @param agent The agent's id, or null.
 */
export function recordEvent(
  listing: Listing,
  cycle: number,
  type: EventType,
  agent: string | null,
  data: Readonly<Record<string, unknown>> = {},
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
