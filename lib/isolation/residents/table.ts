/**
 * What the listing keeps of residents, so that the next supervisor takes them over.
 *
 * @module
 */

import type { Listing } from "../../db/listing.ts";
import type { ProcessId } from "./processes.ts";
import { absent, type State } from "./state.ts";

/** A resident as it is kept. */
export interface Kept {
  readonly agent: string;
  /** Nonce of its start, null where there is none. */
  readonly nonce: string | null;
  /** Null until it has answered. */
  readonly process: ProcessId | null;
  readonly state: State;
}

interface Row {
  readonly agent: string;
  readonly nonce: string | null;
  readonly started: string | null;
  readonly runs: string | null;
  readonly restarts: number;
  readonly streak: number;
  readonly ends: string;
  readonly until: number;
}

/** All residents that are kept, in a fixed order; what has a nonce is `found`, as it may have a process. */
export function keptResidents(listing: Listing): Kept[] {
  const rows = listing.all<Row>(
    `SELECT agent, nonce, started_at AS started, runs, restarts, streak, ends, resting_until AS until
      FROM residents ORDER BY agent`,
  );
  return rows.map(({ agent, nonce, started, runs, restarts, streak, ends, until }) => {
    const running = runs ?? undefined;
    const state: State = {
      ...absent,
      phase: nonce !== null ? "found" : until > 0 ? "resting" : "down",
      running,
      wanted: running,
      since: started === null ? 0 : Date.parse(started),
      until,
      history: { streak, ends: JSON.parse(ends) },
      restarts,
    };
    return { agent, nonce, process: null, state };
  });
}

/** Keeps residents as they are now; call it in a transaction. */
export function keepResidents(listing: Listing, kept: readonly Kept[]): void {
  for (const { agent, nonce, process, state } of kept) {
    listing.run(
      `INSERT INTO residents (agent, nonce, pid, ticks, boot, started_at, runs, restarts, streak, ends, resting_until)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT DO UPDATE SET nonce = excluded.nonce, pid = excluded.pid, ticks = excluded.ticks,
          boot = excluded.boot, started_at = excluded.started_at, runs = excluded.runs, restarts = excluded.restarts,
          streak = excluded.streak, ends = excluded.ends, resting_until = excluded.resting_until`,
      agent,
      nonce,
      process?.pid ?? null,
      process?.ticks ?? null,
      process?.boot ?? null,
      process ? new Date(state.since).toISOString() : null,
      state.running ?? null,
      state.restarts,
      state.history.streak,
      JSON.stringify(state.history.ends),
      state.phase === "resting" ? Math.ceil(state.until) : 0,
    );
  }
}

/** Forgets agents that are dead, once they have no process any more. */
export function forgetDead(listing: Listing): void {
  listing.run(
    "DELETE FROM residents WHERE nonce IS NULL AND agent NOT IN (SELECT id FROM agents WHERE status <> 'dead')",
  );
}

/** Keeps that nobody has a process; for who has ended them all. */
export function keepNobody(listing: Listing): void {
  listing.run("UPDATE residents SET nonce = NULL, pid = NULL, ticks = NULL, boot = NULL, started_at = NULL");
  forgetDead(listing);
}
