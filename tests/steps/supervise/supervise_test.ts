import { assert, assertEquals, assertMatch, assertNotEquals, assertRejects, assertThrows } from "@std/assert";
import { sha256 } from "../../../lib/util/hash.ts";
import { StepFailed } from "../../../lib/util/issue.ts";
import { agentLog } from "../../../lib/steps/supervise/agent_log.ts";
import { writeFiles } from "../../../lib/steps/supervise/files.ts";
import { MadeRun } from "./made_run.ts";

const ids = (run: MadeRun) => run.rows("SELECT id FROM agents ORDER BY ordinal").map((row) => row.id as string);

Deno.test("supervise(): a second time does nothing, and ends nothing twice", async () => {
  const run = await MadeRun.make(["honest", "throws", "changes"]);
  const first = await run.supervise();
  assertEquals([first.counts.updates, first.counts.judged], [4, 3]);
  const before = await run.digest();
  const second = await run.supervise();
  assertEquals([second.counts.updates, second.records.length], [0, 0]);
  assertEquals(await run.digest(), before);
});

Deno.test("supervise(): only what an episode returned changes a genome, on disk as in the listing", async () => {
  const run = await MadeRun.make(["honest", "changes", "throws"]);
  const before = await run.genomes();
  await run.supervise();
  const after = await run.genomes();
  assertEquals([after[0], after[2]], [before[0], before[2]]);
  assertNotEquals(after[1], before[1]);
  const [row] = run.rows("SELECT genome_hash, genome_after FROM evaluations WHERE genome_after IS NOT NULL");
  assertEquals([row!.genome_hash, row!.genome_after], [before[1], after[1]]);
  const agent = run.agent(1);
  assertEquals([agent.genome_hash, agent.stamp, agent.genome_ok, agent.mutations], [after[1], "code ", 0, 1]);
});

Deno.test("supervise(): a score belongs to a genome: after a change there is none", async () => {
  const run = await MadeRun.make(["honest", "changes"]);
  await run.supervise();
  const [honest, changed] = [run.agent(0), run.agent(1)];
  assertEquals([honest.score, honest.scored_genome_hash, honest.score_cycles], [5.5, honest.genome_hash, 1]);
  assertEquals([changed.score, changed.scored_genome_hash], [null, null]);
  const [result] = run.rows(`SELECT score, genome_hash FROM evaluations WHERE agent = '${changed.id}'`);
  assertEquals([result!.score, changed.best_score, changed.best_genome_hash], [5.5, 5.5, result!.genome_hash]);
});

Deno.test("supervise(): energy is charged when the cycle's episodes end, once, to all that took part in it", async () => {
  const energy = { start: 100, income: 40, upkeep: 30, cap: 104 };
  const run = await MadeRun.make(["honest", "throws", "honest"], { config: { energy } });
  const [first, ...others] = ids(run);
  await run.supervise(new Set([first!]));
  assertEquals(run.agent(0).energy, 100);
  await run.supervise(new Set(others));
  await run.supervise();
  // Both results are equal and earn the mean income; what threw pays and earns nothing.
  assertEquals([0, 1, 2].map((ordinal) => run.agent(ordinal).energy), [104, 70, 104]);
});

Deno.test("supervise(): the cycle's episodes end when none are due, even if none were", async () => {
  const run = await MadeRun.make([]);
  const { counts } = await run.supervise();
  assertEquals([counts.updates, counts.judged], [1, 0]);
  assertEquals(run.rows("SELECT state FROM cycles"), [{ state: "judged" }]);
});

Deno.test("supervise(): with some ids only these live, and the cycle waits for the others", async () => {
  const run = await MadeRun.make(["honest", "honest"]);
  const [a, b] = ids(run);
  await run.supervise(new Set([b!]));
  assertEquals([run.outcomes(), run.rows("SELECT state FROM cycles")], [["finished"], [{ state: "open" }]]);
  await run.supervise(new Set([a!]));
  assertEquals([run.outcomes(), run.rows("SELECT state FROM cycles")], [["finished", "finished"], [{
    state: "judged",
  }]]);
});

Deno.test("supervise(): no end state depends on the concurrency or on what was first", async () => {
  const agents = [
    "honest",
    "writes",
    "changes",
    "throws",
    "writes",
    "remembers",
    "cheats",
    "honest",
    "writes",
  ] as const;
  const digests: string[] = [];
  for (const concurrency of [1, 4]) {
    const run = await MadeRun.make(agents, { memory: "lifetime" });
    run.concurrency = concurrency;
    if (concurrency === 4) await run.supervise(new Set([ids(run)[8]!, ids(run)[3]!]));
    await run.supervise();
    run.nextCycle();
    await run.supervise();
    digests.push(await run.digest());
  }
  assertEquals(JSON.parse(digests[0]!), JSON.parse(digests[1]!));
});

Deno.test("supervise(): mail lies in the next cycle's inbox, and is read once", async () => {
  const run = await MadeRun.make(["writes", "honest", "honest"], { config: { mail: { addresses: 2 } } });
  const [a, b, c] = ids(run);
  const { counts } = await run.supervise();
  assertEquals([counts.delivered, counts.dropped], [2, 0]);
  const mail = run.rows("SELECT agent, sender, body FROM inboxes");
  assertEquals(new Set(mail.map((row) => row.agent)), new Set([b, c]));
  assert(mail.every((row) => row.sender === a));
  const file = `${run.paths.agents}/${b}/inbox.ndjson`;
  assertEquals(JSON.parse(await Deno.readTextFile(file)).body[1], 7);
  run.nextCycle();
  await run.supervise();
  assertEquals(run.rows("SELECT sender FROM inboxes").length, 2, "read mail is gone, new mail has come");
  const [row] = run.rows(`SELECT inputs FROM evaluations WHERE cycle = 2 AND agent = '${b}'`);
  assertEquals(JSON.parse(row!.inputs as string).inbox.length, 64);
});

Deno.test("supervise(): what is for the dead is dropped and recorded; a full inbox loses its oldest", async () => {
  const run = await MadeRun.make(["writes", "honest", "honest"], { config: { mail: { addresses: 2, inbox: 1 } } });
  const [a, b, c] = ids(run) as [string, string, string];
  {
    using listing = run.listing();
    const put = "INSERT INTO outbox (cycle, sender, line, recipient, body) VALUES (1, ?, ?, ?, ?)";
    for (const [line, body] of ["[1]", "[2]", "[3]"].entries()) listing.run(put, b, line, a, body);
    listing.run(put, c, 0, c, "[4]");
    listing.run("UPDATE agents SET status = 'dead' WHERE id = ?", c);
    const { closeEpisodes } = await import("../../../lib/steps/supervise/close.ts");
    const delivery = listing.transaction(() => closeEpisodes(listing, 1, { addresses: 2, messages: 8, inbox: 1 }));
    assertEquals(delivery, { delivered: 3, dropped: 1 });
    assertEquals(closeEpisodes(listing, 1, { addresses: 2, messages: 8, inbox: 1 }), undefined);
  }
  assertEquals(run.rows("SELECT agent, body FROM inboxes"), [{ agent: a, body: "[3]" }]);
  assertEquals(run.rows("SELECT state FROM outbox WHERE recipient = '" + c + "'"), [{ state: "dropped" }]);
});

Deno.test("supervise(): memory of a lifetime lasts until the genome changes", async () => {
  const run = await MadeRun.make(["remembers"], { memory: "lifetime" });
  const file = `${run.paths.agents}/${ids(run)[0]}/memory.json`;
  await run.supervise();
  assertEquals(await Deno.readTextFile(file), '[["src/a.ts","n",1]]');
  run.nextCycle();
  await run.supervise();
  assertEquals(await Deno.readTextFile(file), '[["src/a.ts","n",2]]');
  const hashes = run.rows("SELECT inputs FROM evaluations ORDER BY cycle").map((row) =>
    JSON.parse(row.inputs as string).memory
  );
  assertEquals([hashes[0], hashes[1].length], [null, 64]);
});

Deno.test("supervise(): what crashes backs off, then is disabled with the reason", async () => {
  const run = await MadeRun.make(["tells"], { config: { backoff: { crashes: 2, jitter: 0 } } });
  await run.supervise();
  assertEquals([run.agent(0).crashes, run.agent(0).backoff_until_cycle, run.agent(0).status], [1, 3, "active"]);
  run.nextCycle();
  assertEquals((await run.supervise()).records, []);
  run.nextCycle();
  await run.supervise();
  const { crashes, status, code, reason } = run.agent(0);
  assertEquals([crashes, status, code], [2, "disabled", "evaluation.crash"]);
  assertEquals(reason, "It failed 2 times in a row, the last time so: src/a.ts#run threw a TypeError.");
  const events = run.rows("SELECT type FROM events ORDER BY id").map((row) => row.type);
  assertEquals(events, ["agent.crashed", "agent.crashed", "agent.disabled"]);
  const [crash] = run.rows("SELECT data FROM events ORDER BY id");
  assertEquals(JSON.parse(crash!.data as string).backoffUntilCycle, 3);
  // Where each evaluation stands among the events is recorded with it.
  assertEquals(run.rows("SELECT after_event FROM evaluations ORDER BY cycle").map((row) => row.after_event), [0, 1]);
  const log = await Deno.readTextFile(`${run.paths.agents}/${ids(run)[0]}/log.ndjson`);
  const lines = log.trimEnd().split("\n").map((line) => JSON.parse(line));
  assertEquals(lines.map(({ cycle, kind, outcome }) => [cycle, kind, outcome]), [
    [1, "judged", "crash"],
    [3, "judged", "crash"],
  ]);
  assertMatch(lines[0].message, /^src\/a\.ts#run threw a TypeError\./);
});

Deno.test("supervise(): the log of what is alive well is none, and a long one is put aside in parts", async () => {
  const run = await MadeRun.make(["honest"]);
  await run.supervise();
  assertEquals(
    [...Deno.readDirSync(`${run.paths.agents}/${ids(run)[0]}`)].filter(({ name }) => name === "log.ndjson"),
    [],
  );
  using listing = run.listing();
  const insert =
    `INSERT INTO evaluations (cycle, agent, kind, genome_hash, code_hash, build_hash, inputs, outcome, message)
    VALUES (?, 'a', 'judged', 'g', 'c', 'b', '{}', 'crash', ?)`;
  for (let cycle = 1; cycle <= 99; cycle++) listing.run(insert, cycle, `\u{9b}31m${"x".repeat(1000)}`);
  const cycles = (part: string) => part.trimEnd().split("\n").map((line) => JSON.parse(line).cycle as number);
  const [log, older, ...none] = agentLog(listing, "a") as [string, string];
  assertEquals(none, []);
  assert(older.length > 60_000 && older.length <= 65_536 && !log.includes("\u{9b}"));
  assertEquals([...cycles(older), ...cycles(log)], Array.from({ length: 99 }, (_, i) => i + 1));
  // What was put aside stays as it is, and the oldest part goes.
  for (let cycle = 100; cycle <= 500; cycle++) listing.run(insert, cycle, "x".repeat(1000));
  const parts = agentLog(listing, "a");
  assertEquals([parts.length, parts.includes(older), cycles(parts[0]!).at(-1)], [4, false, 500]);
  listing.run("DELETE FROM evaluations WHERE cycle > 130");
  const [id] = ids(run) as [string];
  listing.run("DELETE FROM evaluations WHERE agent = ?", id);
  listing.run("UPDATE evaluations SET agent = ? WHERE agent = 'a'", id);
  listing.run("INSERT INTO pending_files VALUES (?, 'log.ndjson')", id);
  writeFiles(listing, run.paths.agents);
  const folder = `${run.paths.agents}/${id}`;
  assert(await Deno.readTextFile(`${folder}/log.2.ndjson`) === older);
  assertEquals(cycles(await Deno.readTextFile(`${folder}/log.ndjson`)).at(-1), 130);
});

Deno.test("supervise(): what is unsigned, or signed for another genome, or not what its genome comes to, is never started", async () => {
  const run = await MadeRun.make(["honest", "honest", "honest", "honest"]);
  {
    using listing = run.listing();
    const [first, second] = [run.agent(0), run.agent(1)];
    listing.run("UPDATE agents SET build_hash = ? WHERE ordinal = 0", second.build_hash as string);
    listing.run("UPDATE agents SET build_hash = ? WHERE ordinal = 1", first.build_hash as string);
    listing.run("UPDATE statements SET policy = 'none' WHERE artifact = ?", run.agent(2).build_hash as string);
  }
  await run.misstate(3);
  const { counts } = await run.supervise();
  assertEquals([counts.refused, counts.crashed, counts.finished], [4, 0, 0]);
  const evaluated = run.records.filter(({ type }) => type === "agent.evaluated");
  const byOrder = [0, 1, 2, 3].map((index) => evaluated.find(({ id }) => id === run.agent(index).id)!);
  assertEquals(byOrder.map(({ issue }) => (issue as { code: string }).code), [
    "artifact.unsigned",
    "artifact.unsigned",
    "artifact.unsigned",
    "artifact.changed",
  ]);
  const agents = [0, 1, 2, 3].map((index) => run.agent(index));
  assertEquals(
    agents.map(({ status, crashes, backoff_until_cycle }) => [status, crashes, backoff_until_cycle]),
    agents.map(() => ["active", 0, 0]),
  );
  assertEquals(run.rows("SELECT 1 FROM events WHERE type = 'artifact.refused'").length, 4);
  // They are due until they are built again: the cycle's episodes are not ended without them.
  assertEquals(run.rows("SELECT state FROM cycles"), [{ state: "open" }]);
});

Deno.test("supervise() cuts what agents run as, whatever lies in its place, and leaves nothing of it", async () => {
  const run = await MadeRun.make(["honest", "throws", "honest"]);
  const folder = `${run.paths.agents}/.tmp-artifacts`;
  const places = [0, 1, 2].map((index) => `${folder}/${run.agent(index).build_hash}.js`);
  await Deno.mkdir(places[0]!, { recursive: true });
  await Deno.writeTextFile(`${run.paths.root}/target`, "target");
  await Deno.symlink(`${run.paths.root}/target`, places[1]!);
  await Deno.writeTextFile(places[2]!, "for (;;);");
  await run.supervise();
  assertEquals(run.outcomes(), ["finished", "crash", "finished"]);
  assertEquals(await Deno.readTextFile(`${run.paths.root}/target`), "target");
  assertThrows(() => Deno.statSync(folder), Deno.errors.NotFound);
});

Deno.test("supervise(): a kit that is missing, changed or a link stops the step before anything is started", async () => {
  const harms: ((path: string) => void)[] = [
    (path) => Deno.removeSync(path),
    (path) => Deno.writeTextFileSync(path, Deno.readTextFileSync(path).replace("fill(1)", "fill(0)")),
    (path) => {
      Deno.renameSync(path, `${path}.elsewhere`);
      Deno.symlinkSync(`${path}.elsewhere`, path);
    },
  ];
  for (const harm of harms) {
    const run = await MadeRun.make(["honest"]);
    const [kit] = run.rows("SELECT artifact FROM statements WHERE genome LIKE 'kit:%'");
    harm(`${run.paths.store}/programs/${kit!.artifact}.js`);
    const error = await assertRejects(() => run.supervise(), StepFailed);
    assertEquals(error.issue.code, "pool.unbuilt");
    assertEquals(run.outcomes(), [null]);
    assertEquals(run.rows("SELECT 1 FROM statements WHERE genome LIKE 'kit:%'"), [], "build makes it anew");
  }
});

Deno.test("supervise(): without a signed judge nothing is run", async () => {
  const run = await MadeRun.make(["honest"]);
  {
    using listing = run.listing();
    listing.run("DELETE FROM statements WHERE genome = 'judge'");
  }
  const error = await assertRejects(() => run.supervise(), StepFailed);
  assertEquals(error.issue.code, "judge.missing");
  assertEquals(run.outcomes(), []);
});

Deno.test("supervise(): files that a kill left unwritten are written by the next call", async () => {
  const run = await MadeRun.make(["changes", "honest"]);
  await run.supervise();
  const done = await run.digest();
  const [a] = ids(run);
  const path = `${run.paths.agents}/${a}/genome.bin`;
  await Deno.writeTextFile(path, "as if the kill had come before the file");
  {
    using listing = run.listing();
    listing.run("INSERT INTO pending_files VALUES (?, 'genome.bin')", a!);
  }
  assertEquals((await run.supervise()).counts.updates, 1);
  assertEquals(await run.digest(), done);
  assertEquals((await run.supervise()).counts.updates, 0);
});

Deno.test("supervise(): what stands in the way of one agent's file stops no other, and the file is written later", async () => {
  const run = await MadeRun.make(["changes", "changes"]);
  const [a, b] = ids(run);
  const path = `${run.paths.agents}/${a}/genome.bin`;
  const before = Deno.readFileSync(`${run.paths.agents}/${b}/genome.bin`);
  Deno.removeSync(path);
  Deno.mkdirSync(`${path}/inner`, { recursive: true });
  await run.supervise();
  assertNotEquals(Deno.readFileSync(`${run.paths.agents}/${b}/genome.bin`), before);
  assertEquals(run.rows("SELECT agent, file FROM pending_files"), [{ agent: a!, file: "genome.bin" }]);
  Deno.removeSync(path, { recursive: true });
  await run.supervise();
  assertEquals(await sha256(Deno.readFileSync(path)), run.agent(0).genome_hash);
  assertEquals(run.rows("SELECT 1 FROM pending_files"), []);
});

Deno.test("supervise(): no link is followed in writing", async () => {
  const run = await MadeRun.make(["changes", "changes"]);
  const [a, b] = ids(run);
  const outside = await Deno.makeTempDir();
  await Deno.writeTextFile(`${outside}/genome.bin`, "precious");
  await Deno.remove(`${run.paths.agents}/${a}/genome.bin`);
  await Deno.symlink(`${outside}/genome.bin`, `${run.paths.agents}/${a}/genome.bin`);
  await Deno.rename(`${run.paths.agents}/${b}`, `${run.paths.agents}/.away`);
  await Deno.symlink(outside, `${run.paths.agents}/${b}`);
  await run.supervise();
  assertEquals(await Deno.readTextFile(`${outside}/genome.bin`), "precious");
  assert((await Deno.lstat(`${run.paths.agents}/${a}/genome.bin`)).isFile);
});

Deno.test("supervise(): interrupted it saves what runs, and goes on from there", async () => {
  const run = await MadeRun.make(Array(6).fill("honest"));
  const whole = await MadeRun.make(Array(6).fill("honest"));
  run.concurrency = 1;
  let asked = 0;
  run.signal = {
    get aborted() {
      return ++asked > 3;
    },
  };
  await run.supervise();
  assert(run.outcomes().length >= 1 && run.outcomes().includes("finished") && run.outcomes().includes(null));
  assertEquals(run.rows("SELECT state FROM cycles"), [{ state: "open" }]);
  const again = Object.assign(new MadeRun(run.paths.root), { concurrency: 2 });
  await again.supervise();
  await whole.supervise();
  assertEquals(again.outcomes(), whole.outcomes());
  assertEquals(await again.genomes(), await whole.genomes());
});
