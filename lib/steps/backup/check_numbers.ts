/**
 * Whether the numbers of a listing from a backup are such as a run comes to.
 *
 * @module
 */

import type { Listing } from "../../db/listing.ts";
import { refuse, shown } from "./format.ts";

/** No run counts further; beyond 2⁵³ what reads a number fails, and near 2⁶³ what adds to it. */
const mostCounted = 2 ** 40;

/** What is no count, by column. */
const most: Readonly<Record<string, number>> = {
  "agents.genome_ok": 1,
  "evaluations.reproducible": 1,
  "ranks.has_ranked_genome": 1,
  "ranks.fertile": 1,
  "ranks.elite": 1,
  "residents.pid": 2 ** 22,
  "residents.memory_bytes": Number.MAX_SAFE_INTEGER,
  "residents.backoff_until_ms": Number.MAX_SAFE_INTEGER,
  "deliveries.since_ms": Number.MAX_SAFE_INTEGER,
  "deliveries.due_ms": Number.MAX_SAFE_INTEGER,
  "hook_backoffs.until_ms": Number.MAX_SAFE_INTEGER,
};

/** Values of `meta` that are numbers. */
const metaNumbers = ["active", "draws", "viable"] as const;

/**
 * Demands of all numbers that they can be read and counted on from: integers from 0 to what their column may come to,
 * others finite.
 *
 * The columns are those of the tables as they are, so that a new one is covered as well.
 *
 * @throws {StepFailed} If one is not.
 */
export function demandNumbers(listing: Listing): void {
  const tables = listing.all<{ name: string }>("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name");
  for (const { name: table } of tables) {
    for (const { name, type } of listing.all<{ name: string; type: string }>(`PRAGMA table_info(${table})`)) {
      const isCount = type === "INTEGER" || table === "sqlite_sequence" && name === "seq";
      if (isCount) demandWithin(listing, table, name, 0, most[`${table}.${name}`] ?? mostCounted);
      else if (type === "REAL") demandWithin(listing, table, name, -Number.MAX_VALUE, Number.MAX_VALUE);
    }
  }
  for (const key of metaNumbers) {
    const value = listing.meta(key);
    if (value === undefined || /^\d{1,12}(?:\.\d{1,20})?$/.test(value)) continue;
    throw refuse("archive.number", `its listing must have a number as ${key}: it has ${shown(value)}`);
  }
}

/** Compares in SQL, and reads the number as a text: as a number it may be none that can be read. */
function demandWithin(listing: Listing, table: string, column: string, from: number, to: number): void {
  const wrong = listing.get<{ value: string }>(
    `SELECT CAST(${column} AS TEXT) AS value FROM ${table} WHERE ${column} NOT BETWEEN ? AND ? LIMIT 1`,
    from,
    to,
  );
  if (!wrong) return;
  const range = from === 0 ? `a whole number from 0 to ${to}` : "a finite number";
  throw refuse(
    "archive.number",
    `its listing must hold ${range} as ${table}.${column}: it holds ${shown(wrong.value)}`,
  );
}
