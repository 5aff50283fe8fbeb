import { assert, assertEquals } from "@std/assert";
import { Listing } from "../../../lib/db/listing.ts";
import { type ArchiveEntry, readArchive, writeArchive } from "../../../lib/db/archive.ts";
import { foundersOf } from "../../../lib/db/founders.ts";
import { logCursor, moveCursor } from "../../../lib/db/cursors.ts";
import { collect } from "../../../lib/steps/report/collect.ts";
import { emptyHistory } from "../../../lib/steps/report/history.ts";
import { compact, dueSpan } from "../../../lib/steps/select/compact.ts";
import { madePool, makeRun } from "../report/made_run.ts";

Deno.test("compact(): a report says the same of all cycles as before", async () => {
  await using made = await madeListing();
  const { listing } = made;
  const before = report(listing);
  compact(listing, { from: 0, to: 3 }, madePool);
  compact(listing, { from: 3, to: 5 }, madePool);
  const after = report(listing);
  assertEquals(after.cycles, before.cycles);
  const { summary, lineage, genes, leaders, deaths } = before;
  // What birth genes did is read of cycles that are kept whole alone, as the report says.
  const { operators: _, ...births } = before.births;
  const { operators: __, ...birthsAfter } = after.births;
  assertEquals(
    [birthsAfter, after.summary, after.lineage, after.genes, after.leaders, after.deaths],
    [births, summary, lineage, genes, leaders, deaths],
  );
});

Deno.test("compact(): scores that estimates look back on are kept for fifty cycles, and are in no report", async () => {
  await using made = await madeListing();
  const { listing } = made;
  compact(listing, { from: 0, to: 5 }, madePool);
  const kept = () => listing.all("SELECT cycle FROM cycle_reports WHERE report ->> '$.scores' IS NOT NULL").length;
  assertEquals(kept(), 5);
  assert(!JSON.stringify(report(listing)).includes('"scores"'));
  for (let cycle = 9; cycle <= 53; cycle++) {
    listing.run("INSERT INTO cycles (cycle, state) VALUES (?, 'closed')", cycle);
  }
  compact(listing, { from: 5, to: 6 }, madePool);
  assertEquals(kept(), 3);
});

Deno.test("compact(): evaluations of the dead go, what those alive are given stays", async () => {
  await using made = await madeListing();
  const { listing } = made;
  const living =
    "SELECT * FROM evaluations WHERE agent IN (SELECT id FROM agents WHERE status <> 'dead') ORDER BY cycle, agent";
  const before = listing.all(living);
  compact(listing, { from: 0, to: 5 }, madePool);
  assertEquals(count(listing, "evaluations WHERE agent IN (SELECT id FROM agents WHERE died <= 5)"), 0);
  assert(count(listing, "evaluations WHERE agent IN (SELECT id FROM agents WHERE died > 5)") > 0);
  assertEquals(listing.all(living), before.map((row) => ({ ...row, evidence_hash: null })));
  assertEquals(count(listing, "agents") > 20, true);
});

Deno.test("compact(): what is judged each cycle keeps the last 32 results before the cycles that are kept", async () => {
  await using made = await madeListing();
  const { listing } = made;
  const { id } = listing.get<{ id: string }>("SELECT id FROM agents WHERE status = 'active' LIMIT 1")!;
  const judged = `evaluations WHERE agent = '${id}' AND kind = 'judged'`;
  listing.run(`DELETE FROM ${judged}`);
  for (let cycle = 1; cycle <= 50; cycle++) live(listing, id, cycle, cycle % 10 === 0 ? "crash" : "finished");
  compact(listing, { from: 0, to: 40 }, madePool);
  // 36 results up to cycle 40, the last 32 of which begin with that of cycle 5: so cycle 41 can be run again.
  const cycles = listing.all<{ cycle: number }>(`SELECT cycle FROM ${judged}`).map((row) => row.cycle).sort((a, b) =>
    a - b
  );
  assertEquals(cycles, Array.from({ length: 46 }, (_, i) => i + 5));
});

Deno.test("compact(): bytes that something else still names stay", async () => {
  await using made = await madeListing();
  const { listing } = made;
  const [a, b] = listing.all<{ id: string }>("SELECT id FROM agents WHERE status = 'active' LIMIT 2").map(({ id }) =>
    id
  );
  for (const hash of ["old", "shared", "memory"]) listing.putBlob(hash, "evidence", new Uint8Array([1]));
  listing.run("DELETE FROM evaluations WHERE agent IN (?, ?)", a!, b!);
  live(listing, a!, 1, "finished", "old");
  live(listing, a!, 2, "finished", "shared");
  live(listing, b!, 2, "finished", "memory");
  live(listing, b!, 6, "finished", "shared");
  listing.run("INSERT INTO memories VALUES (?, 'memory')", b!);
  compact(listing, { from: 0, to: 5 }, madePool);
  assertEquals([listing.blob("old"), listing.blob("shared"), listing.blob("memory")].map(Boolean), [false, true, true]);
});

Deno.test("compact(): what the archive names stays until it names it no more, and what a race names", async () => {
  await using made = await madeListing();
  const { listing } = made;
  const dead = listing.all<{ id: string }>("SELECT id FROM agents WHERE died <= 5 LIMIT 4").map(({ id }) => id);
  const hex = (digit: string) => digit.repeat(64);
  const hashes = dead.map((_, index) => hex(String(index + 1))) as [string, string, string, string];
  for (const [index, agent] of dead.entries()) {
    const hash = hashes[index]!;
    listing.run("UPDATE agents SET genome_hash = ?1, build_hash = ?1 WHERE id = ?2", hash, agent);
    listing.putBlob(hash, "genome", new Uint8Array([index]));
    listing.run("INSERT INTO builds (key, artifact) VALUES (?1, ?1)", hash);
    listing.run("INSERT INTO statements VALUES (?1, ?1, 'r', 'w', 'p', 's')", hash);
  }
  const entry = (index: number): ArchiveEntry => {
    const [agent, hash] = [dead[index]!, hashes[index]!];
    return { agent, genomeHash: hash, codeHash: hex("c"), reach: null, buildHash: hash, candidate: `{"at":${index}}` };
  };
  const present = () =>
    hashes.map((hash) => [listing.blob(hash) !== undefined, count(listing, `statements WHERE genome = '${hash}'`)]);
  writeArchive(listing, [entry(1), entry(0)]);
  assertEquals(readArchive(listing), [entry(1), entry(0)].map((one) => ({ __proto__: null, ...one })));
  listing.run("INSERT INTO race_entrants VALUES (1, 0, 'best', ?1, ?2, 'c', NULL, ?2)", dead[2]!, hashes[2]);
  compact(listing, { from: 0, to: 5 }, madePool);
  assertEquals(present(), [[true, 1], [true, 1], [true, 0], [false, 0]]);
  writeArchive(listing, [entry(1)]);
  assertEquals(present(), [[false, 0], [true, 1], [true, 0], [false, 0]]);
  // What another of its names still needs stays.
  listing.run("INSERT INTO founders VALUES (1000, ?1, ?2, 'c', NULL, ?2)", dead[1]!, hashes[1]);
  writeArchive(listing, []);
  assertEquals([present()[1]![0], readArchive(listing)], [true, []]);
});

Deno.test("compact(): the best of the initial population are known when their cycle is forgotten", async () => {
  await using made = await madeListing();
  const { listing } = made;
  const before = foundersOf(listing);
  assert(before.length > 1);
  const best = listing.get<{ id: string }>(`SELECT a.id FROM evaluations e JOIN agents a ON a.id = e.agent
    WHERE e.cycle = 1 AND e.kind = 'judged' AND a.kind = 'init' ORDER BY e.score DESC, a.ordinal`)!;
  assertEquals(before[0]!.agent, best.id);
  compact(listing, { from: 0, to: 5 }, madePool);
  assertEquals(foundersOf(listing), before);
  compact(listing, { from: 5, to: 6 }, madePool);
  assertEquals(foundersOf(listing), before);
  // A release that kept none has forgotten the first cycle: what is left of it are not the best.
  listing.run("DELETE FROM founders");
  assertEquals(foundersOf(listing), []);
});

Deno.test("compact(): an event that is not in the log of events stays until it is", async () => {
  await using made = await madeListing();
  const { listing } = made;
  const finished = "events WHERE type = 'cycle.finished' AND cycle <= 5";
  const upTo = (cycle: number) =>
    listing.get<{ id: number }>("SELECT max(id) AS id FROM events WHERE cycle <= ?", cycle)!.id;
  compact(listing, { from: 0, to: 3 }, madePool);
  assertEquals(count(listing, finished), 5);
  moveCursor(listing, logCursor, upTo(4));
  compact(listing, { from: 3, to: 5 }, madePool);
  assertEquals(count(listing, finished), 1);
  assert(count(listing, "events WHERE type = 'agent.died' AND cycle <= 3") > 0);
});

Deno.test("dueSpan(): so many cycles back, each once", async () => {
  await using made = await madeListing();
  const { listing } = made;
  assertEquals([dueSpan(listing, 8, 8), dueSpan(listing, 8, 2)], [undefined, { from: 0, to: 6 }]);
  compact(listing, { from: 0, to: 6 }, madePool);
  assertEquals([dueSpan(listing, 8, 2), dueSpan(listing, 8, 1)], [undefined, { from: 6, to: 7 }]);
  assertEquals([dueSpan(listing, 55, 40), dueSpan(listing, 46, 40), dueSpan(listing, 49, 40)], [
    { from: 6, to: 15 },
    undefined,
    undefined,
  ]);
  assertEquals(dueSpan(listing, 50, 40), { from: 6, to: 10 });
});

function report(listing: Listing) {
  const options = { run: "made", pool: madePool, history: emptyHistory(madePool.hash), at: "now" };
  return collect(listing, options).report;
}

function count(listing: Listing, what: string): number {
  return listing.get<{ n: number }>(`SELECT count(*) AS n FROM ${what}`)!.n;
}

function live(listing: Listing, agent: string, cycle: number, outcome: string, evidence: string | null = null): void {
  listing.run(
    `INSERT INTO evaluations (cycle, agent, kind, genome_hash, code_hash, build_hash, inputs, outcome, score, evidence_hash)
      VALUES (?, ?, 'judged', 'g', 'c', 'b', '{}', ?, ?, ?)`,
    cycle,
    agent,
    outcome,
    outcome === "finished" ? 1 : null,
    evidence,
  );
}

async function madeListing() {
  const folder = await Deno.makeTempDir({ prefix: "retention-" });
  await makeRun(`${folder}/listing.db`, { agents: 20, cycles: 8 });
  const listing = Listing.open(`${folder}/listing.db`);
  return {
    listing,
    async [Symbol.asyncDispose]() {
      listing.close();
      await Deno.remove(folder, { recursive: true });
    },
  };
}

Deno.test("compact(): what no agent is built as any more goes, with what is signed of it; shared programs stay", async () => {
  await using made = await madeListing();
  const { listing } = made;
  const [gone] = listing.all<{ id: string }>("SELECT id FROM agents WHERE died <= 5 LIMIT 1");
  const [a, b] = listing.all<{ id: string }>("SELECT id FROM agents WHERE status = 'active' LIMIT 2");
  const hex = (digit: string) => digit.repeat(64);
  const [own, earlier, shared, handed, judge] = ["1", "2", "3", "4", "5"].map(hex) as [string, ...string[]];
  const names = [own, earlier, shared, handed] as string[];
  for (
    const [artifact, genome] of [...names.map((hash) => [hash, hex("a")]), [judge, "judge"], [judge, `kit:${hex("b")}`]]
  ) {
    listing.run("INSERT INTO statements VALUES (?, ?, 'r', 'w', 'p', 's')", artifact!, genome!);
  }
  for (const hash of names) listing.run("INSERT INTO builds (key, artifact) VALUES (?, ?)", hash, hash);
  listing.run("DELETE FROM evaluations WHERE agent IN (?, ?)", gone!.id, b!.id);
  listing.run("UPDATE agents SET build_hash = ? WHERE id = ?", own, gone!.id);
  for (const [cycle, hash] of [earlier, shared, handed].entries()) {
    live(listing, gone!.id, cycle + 1, "finished");
    listing.run("UPDATE evaluations SET build_hash = ? WHERE agent = ? AND cycle = ?", hash!, gone!.id, cycle + 1);
  }
  listing.run("UPDATE agents SET build_hash = ? WHERE id = ?", shared!, a!.id);
  // The genome that its result is of is what it hands on.
  live(listing, b!.id, 7, "finished");
  listing.run("UPDATE evaluations SET build_hash = ? WHERE agent = ?", handed!, b!.id);
  compact(listing, { from: 0, to: 5 }, madePool);
  const left = (query: string) => listing.all<{ hash: string }>(query).map(({ hash }) => hash);
  assertEquals(left("SELECT key AS hash FROM builds WHERE length(key) = 64 ORDER BY key"), [shared, handed]);
  assertEquals(left("SELECT artifact AS hash FROM statements WHERE policy = 'p' ORDER BY artifact, genome"), [
    shared,
    handed,
    judge,
    judge,
  ]);
});

Deno.test("compact(): genomes go that no agent that is kept has, was evaluated with or was born of", async () => {
  await using made = await madeListing();
  const { listing } = made;
  const [gone] = listing.all<{ id: string }>("SELECT id FROM agents WHERE died <= 5 LIMIT 1");
  const [a, b, c] = listing.all<{ id: string }>("SELECT id FROM agents WHERE status = 'active' LIMIT 3");
  const hashes = ["own", "earlier", "evaluated", "shared", "best", "parent", "later", "mate"];
  for (const hash of hashes) listing.putBlob(hash, "genome", new TextEncoder().encode(hash));
  listing.run("UPDATE agents SET genome_hash = 'own', best_genome_hash = 'earlier' WHERE id = ?", gone!.id);
  listing.run("DELETE FROM evaluations WHERE agent IN (?, ?)", gone!.id, a!.id);
  for (const [cycle, hash] of ["evaluated", "shared", "best", "parent"].entries()) {
    // After the first cycle: what was judged in that may be a founder's.
    live(listing, gone!.id, cycle + 2, "finished");
    listing.run("UPDATE evaluations SET genome_hash = ? WHERE agent = ? AND cycle = ?", hash, gone!.id, cycle + 2);
  }
  listing.run("UPDATE evaluations SET genome_after = 'later' WHERE agent = ? AND cycle = 2", gone!.id);
  listing.run("UPDATE evaluations SET genome_after = 'mate' WHERE agent = ? AND cycle = 3", gone!.id);
  live(listing, a!.id, 7, "finished");
  listing.run("UPDATE evaluations SET genome_hash = 'shared', genome_after = 'later' WHERE agent = ?", a!.id);
  listing.run("UPDATE agents SET best_genome_hash = 'best' WHERE id = ?", b!.id);
  listing.run(
    "UPDATE agents SET parents = ? WHERE id = ?",
    JSON.stringify([{ id: gone!.id, genomeHash: "parent" }]),
    c!.id,
  );
  listing.run("INSERT INTO inboxes VALUES (?, 0, 'mate', ?, 'mate')", c!.id, gone!.id);
  compact(listing, { from: 0, to: 5 }, madePool);
  assertEquals(hashes.filter((hash) => listing.blob(hash)), ["shared", "best", "parent", "later", "mate"]);
});
