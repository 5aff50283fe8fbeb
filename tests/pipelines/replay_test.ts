import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { forgetOld } from "../../lib/db/compaction.ts";
import { bestOfLiving } from "../../lib/db/estimates.ts";
import { Listing } from "../../lib/db/listing.ts";
import { loadConfig } from "../../lib/run/config.ts";
import { projectRoot } from "../../lib/run/paths.ts";
import { type Kept, readKept } from "../../lib/steps/replay/kept.ts";
import { type Parts, replayParts } from "../../lib/steps/replay/parts.ts";
import { findRecorded } from "../../lib/steps/replay/recorded.ts";
import { sha256Now } from "../../lib/util/hash_now.ts";
import { Population } from "../acceptance/_population.ts";
import { copyFolder } from "../begun.ts";
import { bubblewrap } from "../isolation/installed.ts";

/** Which way of keeping agents apart each cycle has. */
const isolations = ["shared", "wasm", bubblewrap === undefined ? "shared" : "bwrap", "process"];

/** Ten agents with all genes of the default template, mail among them, and memory of a lifetime, after four cycles. */
async function evolved(): Promise<Population> {
  return await new Population().like("ten that have mail and memory", async (begun) => {
    const template = await Deno.makeTempDir();
    await copyFolder(`${projectRoot}/agent_template`, template);
    const world = await Deno.readTextFile(`${template}/world.ts`);
    await Deno.writeTextFile(`${template}/world.ts`, world.replace('memory: "episode"', 'memory: "lifetime"'));
    await Deno.mkdir(begun.paths.workspace, { recursive: true });
    await begun.configure({ world: { episodes: 1 }, selection: { replacementFraction: 0.2, elites: 0.2 } });
    await begun.step("init", "--count", "10", "--seed", "5", "--active", "1", "--template", template);
    for (const [at, isolation] of isolations.entries()) {
      await begun.step("lifecycle", "--until", String(at + 1), "--isolation", isolation, "--sleep", "0");
    }
    await Deno.remove(template, { recursive: true });
  });
}

interface Given {
  readonly agent: string;
  readonly cycle: number;
  readonly inbox: string | null;
}

/** The evaluations of a run, those first that have most to read. */
function evaluations(run: Population): Given[] {
  return run.rows<Given>(
    `SELECT agent, cycle, inputs ->> '$.inbox' AS inbox FROM evaluations WHERE kind = 'judged' AND outcome = 'finished'
      ORDER BY inputs ->> '$.inbox' IS NULL, inputs ->> '$.memory' IS NULL, cycle, agent`,
  );
}

/** What a replay comes to, with what is kept changed before. */
async function replayed(
  run: Population,
  { agent, cycle }: Given,
  change: (kept: Kept) => Kept = (kept) => kept,
): Promise<Parts> {
  using listing = Listing.open(run.paths.listing, { readOnly: true });
  const kept = readKept(listing, findRecorded(listing, [agent], cycle).row!);
  const tools = { listing, paths: run.paths, config: await loadConfig(run.paths), isolation: "process" } as const;
  return (await replayParts(tools, change(kept))).parts;
}

const resultsOf = ({ judged, ran }: Parts) => [judged.result, ran.result];

Deno.test("a replay is the same bit for bit, in whichever way the agent was kept apart", async () => {
  await using run = await evolved();
  for (let cycle = 1; cycle <= isolations.length; cycle++) {
    const some = evaluations(run).filter((one) => one.cycle === cycle).slice(0, 2);
    assertEquals(some.length, 2);
    for (const one of some) assertEquals(resultsOf(await replayed(run, one)), ["same", "same"], JSON.stringify(one));
  }
});

Deno.test("a replay needs the inbox and the memory that the agent was given", async () => {
  await using run = await evolved();
  const read = evaluations(run).filter(({ inbox }) => inbox !== null);
  const without = async (part: Partial<Kept["given"]>) => {
    const parts = [];
    for (const one of read) {
      parts.push(await replayed(run, one, (kept) => ({ ...kept, given: { ...kept.given!, ...part } })));
    }
    return parts.map(({ ran }) => ran.result);
  };
  assert(read.length > 2, `${read.length} evaluations had mail`);
  const inbox = await without({ inbox: [] });
  assert(inbox.includes("differs"), `without mail: ${inbox}`);
  const memory = await without({ memory: undefined });
  assert(memory.includes("differs"), `without memory: ${memory}`);
});

Deno.test("replay says that all is the same, as a record and as text", async () => {
  await using run = await evolved();
  const { records } = await run.step("replay");
  const [shown, finished] = records;
  using listing = Listing.open(run.paths.listing, { readOnly: true });
  const [first] = bestOfLiving(listing);
  const [best] = run.rows<{ id: string; cycle: number; scores: string }>(
    `SELECT a.id, max(e.cycle) AS cycle, e.scores FROM agents a JOIN evaluations e ON e.agent = a.id AND e.score NOTNULL
      WHERE a.id = ? AND e.genome_hash = a.scored_genome_hash`,
    first!.id,
  );
  const [founder] = run.rows<{ id: string }>(
    "SELECT a.id FROM agents a JOIN evaluations e ON e.agent = a.id AND e.cycle = 1 AND e.score NOTNULL ORDER BY a.ordinal LIMIT 1",
  );
  assertEquals([shown!.type, shown!.id, shown!.cycle, shown!.result], ["agent.replay", best!.id, best!.cycle, "same"]);
  const episodes = shown!.episodes as { score: number }[];
  assertEquals(episodes.map(({ score }) => score), JSON.parse(best!.scores));
  assertEquals(finished!.counts, { updates: 0, episodes: 1 });
  const flags = bubblewrap === undefined ? [] : ["--isolation", "bwrap"];
  const { out } = await run.step("replay", founder!.id, "--cycle", "1", "--format", "table", ...flags);
  assertMatch(out, /result +same\njudge +same\nprogram +same/);
  for (const line of out.split("\n")) assert(line.length <= 80, line);
});

Deno.test("replay tells of each step, and draws what was done into a file that is not there yet", async () => {
  await using run = await evolved();
  const folder = await Deno.makeTempDir();
  const page = `${folder}/view.html`;
  const { records } = await run.step("replay", "--trace", "--view", page);
  const steps = records.filter(({ type }) => type === "trace.step");
  const shown = records.find(({ type }) => type === "agent.replay")!;
  const [{ evidence }] = run.rows<{ evidence: Uint8Array }>(
    "SELECT bytes AS evidence FROM evaluations JOIN blobs ON hash = evidence_hash WHERE agent = ? AND cycle = ?",
    shown.id as string,
    shown.cycle as number,
  ) as [{ evidence: Uint8Array }];
  assertEquals(steps.map(({ action }) => action), JSON.parse(new TextDecoder().decode(evidence))[0]);
  assert(steps.every(({ id, cycle }) => id === shown.id && cycle === shown.cycle));
  assertEquals([shown.result, shown.view], ["same", page]);
  assertStringIncludes(await Deno.readTextFile(page), `agent ${shown.id}, cycle ${shown.cycle}`);
  const { out } = await run.step("replay", "--trace", "--format", "table", "--view", `${folder}/view.svg`);
  assertMatch(out, /^episode 0, step 0\n(.|\n)*result +same\n/);
  assertMatch(await Deno.readTextFile(`${folder}/view.svg`), /^<svg /);
  for (const path of [page, `${folder}/none/view.svg`, `${projectRoot}/workspace/view.svg`]) {
    const { records } = await run.fails(2, "replay", "--view", path);
    assertEquals((records.at(-1)!.issue as { code: string }).code, "replay.file");
  }
  await Deno.remove(folder, { recursive: true });
});

Deno.test("replay says what differs first where evidence was changed, and ends with a code of its own", async () => {
  await using run = await evolved();
  const [{ agent, hash, bytes }] = run.rows<{ agent: string; hash: string; bytes: Uint8Array }>(
    `SELECT agent, hash, bytes FROM evaluations JOIN blobs ON hash = evidence_hash
      WHERE cycle = 4 AND evaluations.kind = 'judged' ORDER BY agent LIMIT 1`,
  ) as [{ agent: string; hash: string; bytes: Uint8Array }];
  const [actions] = JSON.parse(new TextDecoder().decode(bytes)) as [number[]];
  const changed = JSON.stringify([actions.with(7, (actions[7]! + 1) % 5)]);
  const forged = new TextEncoder().encode(changed);
  // Bytes that are not those of their hash.
  run.rows(`UPDATE blobs SET bytes = CAST('${changed}' AS BLOB) WHERE hash = '${hash}'`);
  const { records, err } = await run.fails(3, "replay", agent, "--cycle", "4");
  const [shown] = records;
  const first = { what: "action", episode: 0, step: 7, recorded: (actions[7]! + 1) % 5, now: actions[7]! };
  assertEquals([shown!.ok, shown!.result, (shown!.ran as { first: unknown }).first], [false, "differs", first]);
  assertEquals((shown!.judged as { first: { what: string } }).first.what, "evidence");
  assertStringIncludes(
    err,
    `in episode 0, step 7 the recorded action is ${first.recorded}, and now it is ${first.now}`,
  );
  const { out } = await run.fails(3, "replay", agent, "--cycle", "4", "--format", "table");
  assertStringIncludes(out.replace(/\n +/g, " "), `program      differs: in episode 0, step 7 the recorded action is`);
  for (const line of out.split("\n")) assert(line.length <= 80, line);
  // Bytes under their own hash, which the record of the evaluation names.
  const own = sha256Now(forged);
  run.rows(`UPDATE evaluations SET evidence_hash = '${own}' WHERE evidence_hash = '${hash}'`);
  run.rows(`UPDATE blobs SET hash = '${own}' WHERE hash = '${hash}'`);
  assertEquals((await replayed(run, { agent, cycle: 4, inbox: null })).ran.first, first);
});

Deno.test("a replay says what differs of what is recorded besides actions", async () => {
  await using run = await evolved();
  const [one] = evaluations(run) as [Given];
  const where = `WHERE agent = '${one.agent}' AND cycle = ${one.cycle}`;
  const firstWith = async (set: string, part: "judged" | "ran") => {
    const twin = await run.twin();
    await using _twin = twin;
    twin.rows(`UPDATE evaluations SET ${set} ${where}`);
    return (await replayed(twin, one))[part].first?.what;
  };
  assertEquals(await firstWith("score = score + 1", "judged"), "score");
  assertEquals(await firstWith(`measures = '{"gathered":99}'`, "judged"), "measures");
  assertEquals(await firstWith("invalid = 3", "ran"), "invalid");
  assertEquals(await firstWith(`genome_after = '${"0".repeat(64)}'`, "ran"), "genome");
  assertEquals(await firstWith(`memory_after = '${"0".repeat(64)}'`, "ran"), "memory");
  assertEquals(await firstWith(`build_hash = '${"0".repeat(64)}'`, "ran"), "artifact");
  assertEquals(await firstWith("measures = NULL, scores = '7'", "judged"), "score");
  assertEquals(await firstWith("inputs = '7'", "ran"), undefined);
  run.rows(`INSERT INTO outbox VALUES (${one.cycle}, '${one.agent}', 31, 'x', '[1]', 'delivered')`);
  assertEquals((await replayed(run, one)).ran.first?.what, "mail");
});

Deno.test("what an evaluation was given goes with its evidence, and a replay says that it is forgotten", async () => {
  await using run = await evolved();
  const hashes = (from: number) =>
    run.rows<{ hash: string }>(
      `SELECT DISTINCT inputs ->> '$.inbox' AS hash FROM evaluations WHERE cycle >= ${from} AND hash IS NOT NULL
        UNION SELECT inputs ->> '$.memory' FROM evaluations WHERE cycle >= ${from} AND inputs ->> '$.memory' IS NOT NULL`,
    ).map(({ hash }) => hash);
  const kinds = "SELECT count(*) AS n FROM blobs WHERE kind = 'inbox'";
  const before = run.rows<{ n: number }>(kinds)[0]!.n;
  const last = evaluations(run).filter(({ cycle }) => cycle === isolations.length)[0]!;
  const [old] = evaluations(run).filter(({ cycle }) => cycle === 3) as [Given];
  {
    using listing = Listing.open(run.paths.listing);
    listing.transaction(() => {
      listing.db.exec(`INSERT INTO cycle_reports VALUES (3, '{}')`);
      forgetOld(listing, { from: 0, to: 3 });
    });
    for (const hash of hashes(4)) assert(listing.blob(hash), hash);
    assertEquals(listing.all("SELECT cycle FROM evaluations WHERE shared_inputs IS NOT NULL AND cycle < 4"), []);
    assertEquals(listing.get<{ n: number }>("SELECT count(*) AS n FROM shared_inputs")!.n, 1);
    assert(listing.get<{ n: number }>(kinds)!.n < before);
  }
  assertEquals(resultsOf(await replayed(run, last)), ["same", "same"]);
  const { records } = await run.fails(4, "replay", old.agent, "--cycle", "3");
  assertEquals([records[0]!.result, (records[0]!.issue as { code: string }).code], ["forgotten", "replay.forgotten"]);
  // Of one that an earlier release has judged the judge's part goes on.
  run.rows("UPDATE evaluations SET shared_inputs = NULL");
  const { records: [earlier] } = await run.fails(4, "replay", last.agent);
  assertEquals([(earlier!.judged as { result: string }).result, (earlier!.ran as { result: string }).result], [
    "same",
    "forgotten",
  ]);
});

Deno.test("replay says what it was run by otherwise, and what it can't be asked for", async () => {
  await using run = await evolved();
  const [{ agent }] = evaluations(run) as [Given];
  run.rows("UPDATE shared_inputs SET inputs = json_set(inputs, '$.engine.v8', '1.2.3')");
  const { records: [shown] } = await run.fails(5, "replay", agent);
  assertEquals([shown!.result, (shown!.ran as { result: string }).result], ["other runtime", "same"]);
  assertStringIncludes((shown!.issue as { message: string }).message, "V8 1.2.3");
  const codeOf = async (...flags: string[]) => {
    const { records } = await run.fails(2, "replay", ...flags);
    return (records.at(-1)?.issue as { code: string } | undefined)?.code;
  };
  assertEquals(await codeOf("zzzz"), "agent.unknown");
  assertEquals(await codeOf(agent, "--cycle", "99"), "replay.cycle");
  assertEquals(await codeOf(agent, "--cycle", "0"), undefined);
});

Deno.test("doctor lets an evaluation forget what it was given where a part of that is lost or is none", async () => {
  await using run = await evolved();
  const [lost, garbled] = evaluations(run) as [Given, Given];
  const text = "no letter\n";
  const hash = sha256Now(new TextEncoder().encode(text));
  run.rows("DELETE FROM blobs WHERE hash = ?", lost.inbox!);
  run.rows(`INSERT INTO blobs VALUES ('${hash}', 'inbox', CAST('${text}' AS BLOB))`);
  run.rows(
    `UPDATE evaluations SET inputs = json_set(inputs, '$.inbox', '${hash}') WHERE agent = ? AND cycle = ?`,
    garbled.agent,
    garbled.cycle,
  );
  assertEquals(resultsOf(await replayed(run, lost)), ["same", "forgotten"]);
  assertEquals(resultsOf(await replayed(run, garbled)), ["same", "forgotten"]);
  const { records } = await run.step("doctor");
  assertEquals(records.filter(({ type }) => type === "doctor.found").map(({ id, code }) => [id, code]), [[
    lost.agent,
    "blob.lost",
  ]]);
  const kept = run.rows("SELECT 1 FROM evaluations WHERE agent = ? AND cycle = ? AND shared_inputs IS NOT NULL", ...[
    lost.agent,
    lost.cycle,
  ]);
  assertEquals(kept, []);
  assertEquals((await run.step("doctor", "--check")).records.length, 1);
});
