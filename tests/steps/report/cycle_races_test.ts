import { assertEquals, assertStringIncludes } from "@std/assert";
import { Listing } from "../../../lib/db/listing.ts";
import type { CycleRace } from "../../../lib/records/cycle.ts";
import { collect } from "../../../lib/steps/report/collect.ts";
import { emptyHistory } from "../../../lib/steps/report/history.ts";
import { cycleRaces } from "../../../lib/steps/report/race_sections.ts";
import { madePool, makeRun } from "./made_run.ts";

async function reportOf(cycles: number, races: ReadonlyMap<number, CycleRace>) {
  const path = `${await Deno.makeTempDir()}/listing.db`;
  await makeRun(path, { agents: 8, cycles });
  using listing = Listing.open(path);
  const statistics = "json_set(statistics, '$.race', json(?))";
  for (const [cycle, race] of races) {
    listing.run(`UPDATE cycles SET statistics = ${statistics} WHERE cycle = ?`, JSON.stringify(race), cycle);
  }
  return collect(listing, { run: "made", pool: madePool, history: emptyHistory(madePool.hash), at: "2030-01-01" })
    .report;
}

const kept = [{ id: "a", place: 1, score: 5 }, { id: "b", place: 2, score: 2 }];

Deno.test("a report shows what the races within cycles kept, with the means of the races", async () => {
  const report = await reportOf(
    3,
    new Map([[2, { evaluated: 4, failed: 1, kept }], [3, { evaluated: 4, failed: 4, kept: [] }]]),
  );
  assertEquals(cycleRaces(report).rows, [[2, 4, 1, 2, "a", 5, 3.5], [3, 4, 4, 0, null, null, null]]);
});

Deno.test("a report of a run without races within cycles has no table of them", async () => {
  const report = await reportOf(1, new Map());
  assertEquals([report.cycleRaces, cycleRaces(report).rows], [undefined, []]);
});

Deno.test("of many races within cycles a report shows some, evenly spread, and says so", async () => {
  const races = new Map(Array.from({ length: 50 }, (_, i) => [i + 1, { evaluated: 2, failed: 0, kept }]));
  const { rows, note } = cycleRaces(await reportOf(50, races));
  assertEquals([rows.length, rows[0]![0], rows.at(-1)![0]], [20, 1, 50]);
  assertStringIncludes(note, "Of 50 such cycles, 20 evenly spread are shown.");
});
