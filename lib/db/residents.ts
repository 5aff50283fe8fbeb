/**
 * Residents, as they are kept for the next supervisor, and what they take of the machine.
 *
 * Call what writes inside a transaction.
 *
 * @module
 */

import type { Listing } from "./listing.ts";

/** The process of a resident. */
export interface ResidentProcess {
  readonly pid: number;
  /** When the kernel started it, in ticks since the machine started. */
  readonly ticks: string;
  /** Id of that start of the machine. */
  readonly boot: string;
}

/** A resident. */
export interface ResidentRow {
  readonly agent: string;
  /** Nonce of its start, null where there is none. */
  readonly nonce: string | null;
  /** When it was up, as an ISO time. */
  readonly started: string | null;
  /** What it runs: artifact and conditions as one text. */
  readonly runs: string | null;
  readonly restarts: number;
  /** Ends in a row, and JSON of the times of the latest. */
  readonly streak: number;
  readonly ends: string;
  /** When its back-off is over, in milliseconds since 1970; 0 where it has none. */
  readonly until: number;
}

/** What a process takes of the machine. */
export interface ResidentSample {
  readonly cpuSeconds: number;
  readonly memoryBytes: number;
  /** ISO time. */
  readonly at: string;
}

/** All residents, in a fixed order. */
export function residentRows(listing: Listing): ResidentRow[] {
  return listing.all<ResidentRow>(
    `SELECT agent, nonce, started_at AS started, runs, restarts, streak, ends, backoff_until_ms AS until
      FROM residents ORDER BY agent`,
  );
}

/** Keeps a resident as it is now. */
export function keepResident(listing: Listing, row: ResidentRow, process: ResidentProcess | null): void {
  listing.run(
    `INSERT INTO residents (agent, nonce, pid, ticks, boot, started_at, runs, restarts, streak, ends, backoff_until_ms)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT DO UPDATE SET nonce = excluded.nonce, pid = excluded.pid, ticks = excluded.ticks,
        boot = excluded.boot, started_at = excluded.started_at, runs = excluded.runs, restarts = excluded.restarts,
        streak = excluded.streak, ends = excluded.ends, backoff_until_ms = excluded.backoff_until_ms`,
    row.agent,
    row.nonce,
    process?.pid ?? null,
    process?.ticks ?? null,
    process?.boot ?? null,
    row.started,
    row.runs,
    row.restarts,
    row.streak,
    row.ends,
    row.until,
  );
}

/** Residents that have a process. */
export function residentProcesses(listing: Listing): (ResidentProcess & { readonly agent: string })[] {
  return listing.all("SELECT agent, pid, ticks, boot FROM residents WHERE pid IS NOT NULL");
}

/** Notes what the process of a resident takes, if it is still that one. */
export function enterSample(listing: Listing, agent: string, pid: number, sample: ResidentSample): void {
  listing.run(
    "UPDATE residents SET cpu_seconds = ?, memory_bytes = ?, sampled_at = ? WHERE agent = ? AND pid = ?",
    sample.cpuSeconds,
    sample.memoryBytes,
    sample.at,
    agent,
    pid,
  );
}

/** Forgets agents that are dead, once they have no process any more. */
export function forgetDead(listing: Listing): void {
  listing.run(
    "DELETE FROM residents WHERE nonce IS NULL AND agent NOT IN (SELECT id FROM agents WHERE status <> 'dead')",
  );
}

/** Keeps that there is no process any more, when all have been ended. */
export function keepNoProcess(listing: Listing): void {
  listing.run("UPDATE residents SET nonce = NULL, pid = NULL, ticks = NULL, boot = NULL, started_at = NULL");
  forgetDead(listing);
}
