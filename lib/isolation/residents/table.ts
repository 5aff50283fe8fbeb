/**
 * What the listing keeps of residents, so that the next supervisor takes them over.
 *
 * @module
 */

import type { Listing } from "../../db/listing.ts";
import { keepResident, residentRows } from "../../db/residents.ts";
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

/** All residents that are kept, in a fixed order; what has a nonce is `found`, as it may have a process. */
export function keptResidents(listing: Listing): Kept[] {
  return residentRows(listing).map(({ agent, nonce, started, runs, restarts, streak, ends, until }) => {
    const running = runs ?? undefined;
    const state: State = {
      ...absent,
      phase: nonce !== null ? "found" : until > 0 ? "backoff" : "down",
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
    keepResident(listing, {
      agent,
      nonce,
      started: process ? new Date(state.since).toISOString() : null,
      runs: state.running ?? null,
      restarts: state.restarts,
      streak: state.history.streak,
      ends: JSON.stringify(state.history.ends),
      until: state.phase === "backoff" ? Math.ceil(state.until) : 0,
    }, process);
  }
}
