import { assertEquals } from "@std/assert";
import { Listing, listingVersion } from "../../lib/db/listing.ts";

const schema = "SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name";

Deno.test("Listing.open() brings a listing of the version before to the present tables and keeps its rows", async () => {
  const path = `${await Deno.makeTempDir()}/listing.db`;
  {
    using made = Listing.open(path, { create: true });
    made.run(
      `INSERT INTO agents (ordinal, id, status, kind, state, generation, born, genome_hash, code_hash, energy)
        VALUES (7, 'a', 'active', 'init', 'grown', 0, 0, 'G', 'C', 1)`,
    );
    made.db.exec(`ALTER TABLE agents DROP COLUMN scored_under; ALTER TABLE agents DROP COLUMN failed_under;
      ALTER TABLE episodes DROP COLUMN conditions; PRAGMA user_version = 3;`);
  }
  using listing = Listing.open(path);
  using fresh = Listing.open(":memory:", { create: true });
  assertEquals(listing.all(schema), fresh.all(schema));
  assertEquals(listing.get("SELECT ordinal, id, scored_under, failed_under FROM agents"), {
    __proto__: null,
    ordinal: 7,
    id: "a",
    scored_under: null,
    failed_under: null,
  });
  assertEquals(Number(listing.get<{ user_version: number }>("PRAGMA user_version")!.user_version), listingVersion);
});
