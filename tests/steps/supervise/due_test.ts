import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { countJudged, dueBirths, type DueFacts, dueJudged, startOrder } from "../../../lib/steps/supervise/due.ts";
import { MadeRun, madeRuntime } from "./made_run.ts";

const facts: DueFacts = {
  cycle: 1,
  runtime: madeRuntime,
  pool: "a".repeat(64),
  noisy: false,
  circumstances: "c",
};

/** Who is due after a change to the first of two agents that both were: their ordinals. */
async function dueAfter(change: string, changed: Partial<DueFacts> = {}): Promise<number[]> {
  const run = await MadeRun.make(["honest", "honest"]);
  using listing = run.listing();
  listing.db.exec(change);
  const all = { ...facts, ...changed };
  const due = dueJudged(listing, all);
  assertEquals(countJudged(listing, all), due.length);
  return due.map(({ ordinal }) => ordinal);
}

const first = "WHERE ordinal = 0";
const outcome = (value: string) =>
  `INSERT INTO evaluations (cycle, agent, kind, genome_hash, code_hash, build_hash, inputs, outcome)
    SELECT 1, id, 'judged', genome_hash, code_hash, build_hash, '{}', ${value} FROM agents ${first}`;
const scored = `UPDATE agents SET score = 1, scored_genome_hash = genome_hash, scored_reach = reach ${first}`;

Deno.test("dueJudged(): active, built, rested, without an outcome: due", async () => {
  assertEquals(await dueAfter(""), [0, 1]);
  assertEquals(await dueAfter(outcome("NULL")), [0, 1], "what was started and not ended is run again");
  assertEquals(await dueAfter(`UPDATE agents SET failed_under = reach || ':c', backoff_until_cycle = 1 ${first}`), [
    0,
    1,
  ]);
  assertEquals(await dueAfter(scored, { noisy: true }), [0, 1]);
  const renewed = `${scored}; UPDATE agents SET scored_reach = 'other' ${first}`;
  assertEquals(await dueAfter(renewed), [0, 1], "its score was earned by other modules");
  assertEquals(await dueAfter(`${scored}; UPDATE agents SET scored_genome_hash = 'other' ${first}`), [0, 1]);
});

Deno.test("dueJudged(): all others are not due", async () => {
  const changes = [
    `UPDATE agents SET status = 'disabled' ${first}`,
    `UPDATE agents SET status = 'dead' ${first}`,
    `UPDATE agents SET stage = 'newborn' ${first}`,
    `UPDATE agents SET stage = 'planned' ${first}`,
    `UPDATE agents SET build_hash = NULL ${first}`,
    `UPDATE agents SET built_from = NULL ${first}`,
    `UPDATE agents SET genome_hash = 'changed' ${first}`,
    `UPDATE agents SET code_hash = 'changed' ${first}`,
    `UPDATE agents SET failed_under = reach || ':c', backoff_until_cycle = 2 ${first}`,
    outcome("'finished'"),
    outcome("'crash'"),
    scored,
  ];
  for (const change of changes) assertEquals(await dueAfter(change), [1], change);
  assertEquals(await dueAfter("", { cycle: undefined }), []);
  assertEquals(await dueAfter("", { runtime: "another" }), []);
  assertEquals(await dueAfter("", { pool: "another" }), []);
});

Deno.test("dueBirths() gives all that are active and newborn, whatever the cycle", async () => {
  const run = await MadeRun.make(["honest", "honest", "honest"]);
  using listing = run.listing();
  listing.db.exec(`UPDATE agents SET stage = 'newborn', born = 7; UPDATE agents SET status = 'disabled' ${first};
    UPDATE cycles SET state = 'closed'; UPDATE agents SET stage = 'planned' WHERE ordinal = 2`);
  const due = dueBirths(listing);
  assertEquals(due.map(({ ordinal, kind, cycle }) => [ordinal, kind, cycle]), [[1, "gestation", 7]]);
});

Deno.test("startOrder() puts the longest first, and loses none", () => {
  const evaluations = fc.array(fc.record({ lastMs: fc.nat(50), ordinal: fc.nat() }));
  fc.assert(fc.property(evaluations, (some) => {
    const order = startOrder(some as never);
    assertEquals(order.length, some.length);
    for (let i = 1; i < order.length; i++) assert(order[i - 1]!.lastMs >= order[i]!.lastMs);
  }));
});
