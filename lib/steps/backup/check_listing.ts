/**
 * Whether a listing from a backup may be taken for one's own: it may come from anywhere.
 *
 * @module
 */

import { DatabaseSync } from "node:sqlite";
import { sha256 } from "../../util/hash.ts";
import { isEvaluatorName } from "../../evaluators/names.ts";
import { isAgentId } from "../../run/id.ts";
import { Listing } from "../../db/listing.ts";
import { migrate, migrations } from "../../db/migrations/migrate.ts";
import { schemaQuery } from "../../db/migrations/migration.ts";
import { listingVersion, versionOf } from "../../db/schema.ts";
import { isProgramName } from "../../toolchain/programs.ts";
import { StepFailed } from "../../util/issue.ts";
import { demandNumbers } from "./check_numbers.ts";
import { refuse, shown } from "./format.ts";

/**
 * Demands that a database has just the tables of a listing, is sound, and names nothing but ids and hashes where paths are
 * made of them.
 *
 * Needs read and write permission for the file.
 *
 * @throws {StepFailed} If it is not so.
 */
export async function demandSafe(path: string): Promise<void> {
  try {
    await demandTables(path);
    using listing = Listing.open(path, { migrate });
    demandSound(listing);
    demandNames(listing);
    demandJson(listing);
    demandNumbers(listing);
    await demandBlobs(listing);
  } catch (error) {
    if (error instanceof StepFailed && error.issue.code !== "listing.damaged") throw error;
    throw refuse("archive.listing", `its listing must be sound (${(error as Error).message})`, error);
  }
}

/** A trigger or a view would run as code of its maker's. */
async function demandTables(path: string): Promise<void> {
  const db = new DatabaseSync(path, { readOnly: true, enableForeignKeyConstraints: false });
  try {
    db.exec("PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON;");
    const version = versionOf(db);
    const former = migrations.find(({ from }) => from === version);
    const wanted = version === listingVersion ? await presentTables() : former?.tables;
    if (wanted === undefined) {
      const versions = [...migrations.map(({ from }) => from), listingVersion].join(" or ");
      throw refuse("archive.version", `the version of its listing must be ${versions}: it is ${version}`);
    }
    if (await sha256(JSON.stringify(db.prepare(schemaQuery).all())) !== wanted) {
      throw refuse("archive.listing", "its listing must have just the tables of a listing");
    }
  } finally {
    db.close();
  }
}

async function presentTables(): Promise<string> {
  using own = Listing.open(":memory:", { create: true });
  return await sha256(JSON.stringify(own.all(schemaQuery)));
}

function demandSound(listing: Listing): void {
  const [first] = listing.all<{ integrity_check: string }>("PRAGMA integrity_check(1)");
  if (first?.integrity_check !== "ok") {
    throw refuse("archive.listing", `its listing must be sound: ${shown(first?.integrity_check)}`);
  }
}

const isHash = (text: string) => /^[0-9a-f]{64}$/.test(text);

/** Whatever a step may make a path of. */
const names: readonly (readonly [query: string, isRight: (text: string) => boolean])[] = [
  ["SELECT id FROM agents", isAgentId],
  ["SELECT genome_hash FROM agents UNION SELECT code_hash FROM agents", isHash],
  ["SELECT DISTINCT code_hash FROM evaluations", isHash],
  ...["archive", "founders", "race_entrants"].flatMap((
    table,
  ): readonly (readonly [string, (text: string) => boolean])[] => [
    [`SELECT agent FROM ${table}`, isAgentId],
    [
      `SELECT genome_hash FROM ${table} UNION SELECT code_hash FROM ${table} UNION SELECT build_hash FROM ${table}`,
      isHash,
    ],
    [`SELECT reach FROM ${table} WHERE reach IS NOT NULL`, isHash],
  ]),
  ["SELECT pool FROM races UNION SELECT worlds FROM races", isHash],
  ["SELECT genome_hash FROM race_evaluations UNION SELECT build_hash FROM race_evaluations", isHash],
  ["SELECT reach FROM agents WHERE reach IS NOT NULL", isHash],
  ["SELECT build_hash FROM agents WHERE build_hash IS NOT NULL", isHash],
  ["SELECT hash FROM blobs UNION SELECT hash FROM memories", isHash],
  ["SELECT artifact FROM builds WHERE artifact IS NOT NULL UNION SELECT artifact FROM statements", isHash],
  ["SELECT world FROM statements UNION SELECT runtime FROM statements", isHash],
  ["SELECT genome FROM statements", (text) => isHash(text) || isProgramName(text)],
  ["SELECT name FROM evaluators", isEvaluatorName],
  ["SELECT instance FROM evaluators WHERE instance <> ''", isHash],
  ["SELECT value FROM meta WHERE key IN ('pool', 'next')", isHash],
  ["SELECT value FROM meta WHERE key = 'seed'", (text) => /^[A-Za-z0-9._-]{1,64}$/.test(text)],
  ["SELECT value FROM meta WHERE key = 'deno'", (text) => /^[0-9A-Za-z.+-]{1,64}$/.test(text)],
  ["SELECT value FROM meta WHERE key = 'size'", (text) => /^[1-9][0-9]{0,6}$/.test(text)],
];

function demandNames(listing: Listing): void {
  for (const [query, isRight] of names) {
    for (const row of listing.rows(query)) {
      const [value] = Object.values(row);
      if (typeof value === "string" && isRight(value)) continue;
      throw refuse("archive.listing", `its listing must name ids and hashes: it names ${shown(value)}`);
    }
  }
  for (const key of ["seed", "size", "pool"] as const) {
    if (listing.meta(key) === undefined) throw refuse("archive.listing", `its listing must have a ${key}`);
  }
}

/** Columns that steps parse. */
const parsed = [
  "SELECT parents FROM agents",
  "SELECT metrics FROM agents WHERE metrics IS NOT NULL",
  "SELECT statistics FROM cycles WHERE statistics IS NOT NULL",
  "SELECT selection FROM cycles WHERE selection IS NOT NULL",
  "SELECT inputs FROM evaluations",
  "SELECT inputs FROM shared_inputs",
  "SELECT dropped FROM evaluators WHERE dropped IS NOT NULL",
  "SELECT scores FROM evaluations WHERE scores IS NOT NULL",
  "SELECT measures FROM evaluations WHERE measures IS NOT NULL",
  "SELECT limit_reached FROM evaluations WHERE limit_reached IS NOT NULL",
  "SELECT body FROM inboxes WHERE kind = 'mail'",
  "SELECT body FROM outbox",
  "SELECT data FROM events",
  "SELECT counts FROM step_runs",
  "SELECT report FROM cycle_reports",
  "SELECT candidate FROM archive",
  "SELECT result FROM races WHERE result IS NOT NULL",
  "SELECT scores FROM race_evaluations WHERE scores IS NOT NULL",
  "SELECT violations FROM race_evaluations WHERE violations IS NOT NULL",
];

function demandJson(listing: Listing): void {
  for (const query of parsed) {
    const column = query.split(" ")[1]!;
    const wrong = listing.get(`SELECT 1 FROM (${query}) WHERE NOT json_valid(${column}) LIMIT 1`);
    if (wrong) throw refuse("archive.listing", `its listing must hold JSON as ${column}`);
  }
}

async function demandBlobs(listing: Listing): Promise<void> {
  for (const { hash, bytes } of listing.rows<{ hash: string; bytes: Uint8Array }>("SELECT hash, bytes FROM blobs")) {
    if (await sha256(bytes) !== hash) throw refuse("archive.hash", `its listing must hold the bytes of ${hash}`);
  }
}
