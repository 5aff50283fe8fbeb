import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { Listing } from "../../../lib/db/listing.ts";
import { demandSafe } from "../../../lib/steps/backup/check_listing.ts";
import { StepFailed } from "../../../lib/util/issue.ts";
import { MadeRun } from "../../agents/made_run.ts";

const big = "9223372036854775807";

/** What is done to a sound listing. */
const changes: readonly string[] = [
  `UPDATE agents SET ordinal = ${big} WHERE ordinal = 1`,
  `UPDATE agents SET born = ${big}`,
  `UPDATE agents SET generation = -1`,
  `UPDATE agents SET backoff_until_cycle = 9007199254740993`,
  `UPDATE agents SET mutations = -9223372036854775808`,
  `UPDATE agents SET genome_ok = 2`,
  `UPDATE agents SET energy = 9e999`,
  `UPDATE agents SET best_score = -9e999`,
  `INSERT INTO cycles (cycle, state) VALUES (${big}, 'closed')`,
  `INSERT INTO cursors VALUES ('hooks', ${big})`,
  `UPDATE events SET id = ${big} WHERE id = 1`,
  `UPDATE sqlite_sequence SET seq = ${big}`,
  `UPDATE sqlite_sequence SET seq = 'many'`,
  `UPDATE meta SET value = '1e308' WHERE key = 'draws'`,
];

for (const change of changes) {
  Deno.test(`demandSafe() refuses a listing after ${change}`, async () => {
    await using run = await MadeRun.make(2);
    await demandSafe(run.paths.listing);
    {
      using listing = Listing.open(run.paths.listing);
      listing.db.exec(change);
    }
    const error = await assertRejects(() => demandSafe(run.paths.listing), StepFailed);
    assertEquals(error.issue.code, "archive.number");
    assertStringIncludes(error.issue.message, "must h");
  });
}
