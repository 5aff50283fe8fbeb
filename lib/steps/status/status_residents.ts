/**
 * What there is to tell of agents' residents.
 *
 * @module
 */

import type { ResidentStatus, ResidentStatusRecord } from "../../records/evaluations.ts";
import type { StatusCells } from "../../records/story.ts";
import type { Listing } from "../../db/listing.ts";

interface Row {
  readonly id: string;
  readonly pid: number | null;
  readonly startedAt: string | null;
  readonly restarts: number;
  readonly backoffUntilMs: number;
  readonly cpuSeconds: number | null;
  readonly memoryBytes: number | null;
  readonly sampledAt: string | null;
}

const query = `SELECT agent AS id, pid, started_at AS startedAt, restarts, backoff_until_ms AS backoffUntilMs,
    cpu_seconds AS cpuSeconds, memory_bytes AS memoryBytes, sampled_at AS sampledAt
  FROM residents ORDER BY (SELECT ordinal FROM agents WHERE id = agent)`;

/** All residents that are kept or were, in the order of their agents. */
export function residentsOf(listing: Listing): ResidentStatus[] {
  return listing.all<Row>(query).map(({ backoffUntilMs, cpuSeconds, memoryBytes, sampledAt, ...row }) => {
    const looked = row.startedAt !== null && sampledAt !== null && sampledAt >= row.startedAt;
    const upMs = looked ? Date.parse(sampledAt) - Date.parse(row.startedAt!) : 0;
    return {
      ...row,
      sampledAt: looked ? sampledAt : null,
      cpuSeconds: looked ? cpuSeconds : null,
      cpuShare: looked && upMs > 0 ? Math.round(1_000_000 * cpuSeconds! / upMs) / 1000 : null,
      memoryBytes: looked ? memoryBytes : null,
      backoffUntil: backoffUntilMs > 0 ? new Date(backoffUntilMs).toISOString() : null,
    };
  });
}

/** The record `resident.status`. */
export function residentRecord(resident: ResidentStatus): ResidentStatusRecord {
  return { type: "resident.status", ...resident, ok: true };
}

/**
 * What a table tells of a resident.
 *
 * @param now Time of day, in milliseconds since 1970.
 */
export function residentCells(resident: ResidentStatus | undefined, now: number): StatusCells {
  if (!resident) return { pid: null, up: null, restarts: null, cpu: null, memory: null };
  const { pid, startedAt, restarts, cpuShare, memoryBytes } = resident;
  return {
    pid,
    up: pid === null || startedAt === null ? null : span(now - Date.parse(startedAt)),
    restarts,
    cpu: cpuShare === null ? null : `${Math.round(1000 * cpuShare) / 10} %`,
    memory: memoryBytes === null ? null : `${Math.round(memoryBytes / 1_048_576)} MiB`,
  };
}

/** A time span in hours, minutes and seconds, such as `1:02:03`. */
function span(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const two = (value: number) => String(value).padStart(2, "0");
  return `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}
