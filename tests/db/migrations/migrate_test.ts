import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { DatabaseSync } from "node:sqlite";
import { Listing } from "../../../lib/db/listing.ts";
import { migrate, migrations } from "../../../lib/db/migrations/migrate.ts";
import { schemaQuery } from "../../../lib/db/migrations/migration.ts";
import { renewTables } from "../../../lib/db/migrations/renew_tables.ts";
import { isFormer, listingVersion, tables, versionOf } from "../../../lib/db/schema.ts";
import { projectRoot } from "../../../lib/run/paths.ts";
import { StepFailed } from "../../../lib/util/issue.ts";
import { Population } from "../../acceptance/_population.ts";

/** A listing of version 3 with an agent in it. */
function oldest(folder: string): string {
  const path = `${folder}/listing.db`;
  using db = new DatabaseSync(path);
  db.exec(Deno.readTextFileSync(`${projectRoot}/tests/db/data/listing_v3.sql`));
  db.exec(`INSERT INTO agents (ordinal, id, status, kind, state, generation, born, genome_hash, code_hash, energy)
      VALUES (7, 'a', 'active', 'init', 'grown', 0, 0, 'G', 'C', 1);
    INSERT INTO events (id, cycle, type, data, at) VALUES (41, 0, 'agent.created', '{}', ''), (42, 0, 'agent.died', '{}', '');
    DELETE FROM events WHERE id = 42; PRAGMA user_version = 3;`);
  return path;
}

Deno.test("a listing of the oldest known version has the present tables in the end and keeps its rows", async () => {
  const path = oldest(await Deno.makeTempDir());
  using listing = Listing.open(path, { migrate });
  using fresh = Listing.open(":memory:", { create: true });
  assertEquals(listing.all(schemaQuery), fresh.all(schemaQuery));
  assertEquals(listing.get("SELECT ordinal, id, energy, scored_under, failed_under FROM agents"), {
    __proto__: null,
    ordinal: 7,
    id: "a",
    energy: 1,
    scored_under: null,
    failed_under: null,
  });
  assertEquals(versionOf(listing.db), listingVersion);
});

Deno.test("a migration gives no number of an event twice, though the last event is gone", async () => {
  using listing = Listing.open(oldest(await Deno.makeTempDir()), { migrate });
  listing.db.exec("INSERT INTO events (cycle, type, data, at) VALUES (0, 'agent.died', '{}', '')");
  assertEquals(listing.all("SELECT id FROM events ORDER BY id").map(({ id }) => Number(id)), [41, 43]);
});

Deno.test("the migrations lead from version 3 to the present one without a gap", () => {
  assertEquals(migrations.map(({ from }) => from), Array.from({ length: listingVersion - 3 }, (_, i) => 3 + i));
  const versions = Array.from({ length: listingVersion + 2 }, (_, version) => version);
  assertEquals(versions.filter(isFormer), migrations.map(({ from }) => from));
});

Deno.test("Listing.open() leaves a listing of another version as it is, and says what to do", async () => {
  const path = oldest(await Deno.makeTempDir());
  const before = Deno.readFileSync(path);
  const earlier = assertThrows(() => Listing.open(path), StepFailed);
  assertEquals(earlier.issue.code, "listing.version");
  assertStringIncludes(earlier.message, "`deno task doctor`");
  const version = () => {
    using db = new DatabaseSync(path);
    return versionOf(db);
  };
  assertEquals([version(), Deno.readFileSync(path).length], [3, before.length]);
  {
    using db = new DatabaseSync(path);
    db.exec(`PRAGMA user_version = ${listingVersion + 1}`);
  }
  for (const options of [{}, { migrate }]) {
    const later = assertThrows(() => Listing.open(path, options), StepFailed);
    assertEquals(later.issue.code, "listing.version");
    assertStringIncludes(later.message, "the release that wrote it");
  }
  assertEquals(version(), listingVersion + 1);
});

Deno.test("renewTables() loses no column and no table: what a migration has left out is an error", () => {
  for (
    const change of ["ALTER TABLE agents ADD COLUMN more TEXT", "CREATE TABLE more (x)", "ALTER TABLE meta DROP value"]
  ) {
    using db = new DatabaseSync(":memory:");
    db.exec(`${tables} ${change}`);
    assertThrows(() => renewTables(db), Error, change.includes("meta") ? "meta" : "more");
  }
});

Deno.test("a step refuses a listing of an earlier release until doctor has brought it on", async () => {
  await using run = new Population();
  await Deno.mkdir(run.paths.workspace, { recursive: true });
  oldest(run.paths.workspace);
  for (const step of ["status", "scan", "init"]) {
    const { records } = await run.fails(1, step);
    assertEquals([step, (records.at(-1)!.issue as { code: string }).code], [step, "listing.version"]);
  }
  const checked = await run.fails(1, "doctor", "--check");
  const found = checked.records.filter(({ type }) => type === "doctor.found");
  assertEquals(found.map(({ code, repaired }) => [code, repaired]), [["listing.version", false]]);
  await run.begin("doctor").ended;
  assertEquals((await run.step("status")).records[0]!.id, "a");
});
