/**
 * Events.
 *
 * @module
 */

import { queryPass, type Table } from "./table.ts";

/** All events that are kept. */
export const events: Table = {
  name: "events",
  row: "an event, in their order; what each tells is in docs/hooks.md",
  columns: [
    { name: "number", type: "integer", meaning: "Counts up from 1 within a run" },
    { name: "type", type: "text", meaning: "Such as `agent.born`" },
    { name: "cycle", type: "integer", unit: "cycle", meaning: "The cycle that it belongs to" },
    { name: "agent", type: "text", nullable: true, meaning: "Id of the agent; null of `cycle.finished`" },
    { name: "recorded_at", type: "time", unit: "UTC", meaning: "Time of day at which it was recorded" },
    { name: "data", type: "json", meaning: "What it tells" },
  ],
};

/** Reads {@linkcode events}. */
export const eventsPass = queryPass(
  events,
  "SELECT id AS number, type, cycle, agent, at AS recorded_at, data FROM events ORDER BY id",
);
