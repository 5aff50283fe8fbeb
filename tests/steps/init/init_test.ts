import { assert, assertEquals, assertMatch, assertRejects, assertStringIncludes } from "@std/assert";
import { storedPools, storePool } from "../../../lib/template/pool_store.ts";
import { decodeGenome } from "../../../lib/genome/codec.ts";
import { readPool } from "../../../lib/template/read_pool.ts";
import { Misuse, StepFailed } from "../../../lib/util/issue.ts";
import { MadeRun, tinyFiles, writeTemplate } from "../../agents/made_run.ts";

async function inodes(run: MadeRun): Promise<Record<string, number | null>> {
  const found: Record<string, number | null> = {};
  for (const id of run.ids) {
    for await (const { name } of Deno.readDir(run.path(id, "src"))) {
      found[`${id}/${name}`] = (await Deno.lstat(run.path(id, `src/${name}`))).ino;
    }
  }
  return found;
}

Deno.test("init() makes agents with unique ids, folders, rows, blobs and records", async () => {
  await using run = await MadeRun.make(0);
  const told = await run.init({ count: 20, seed: "7" });
  assertEquals(new Set(run.ids).size, 20);
  assertEquals(
    told.records.map(({ type, id, ok }) => [type, id, ok]),
    run.ids.map((id) => ["agent.created", id, true]),
  );
  const folders = [...Deno.readDirSync(run.paths.agents)].map(({ name }) => name).sort();
  assertEquals(folders, run.ids.toSorted());
  const rows = run.rows("SELECT b.bytes, a.* FROM agents a JOIN blobs b ON b.hash = a.genome_hash");
  assertEquals(rows.length, 20);
  for (const row of rows) {
    assertEquals(row.bytes, await Deno.readFile(run.path(String(row.id), "genome.bin")));
    const genome = decodeGenome(row.bytes as Uint8Array);
    assert(genome.ok && genome.value.files[0]?.functions.mutate, "a birth gene is always active");
    assertEquals([row.status, row.kind, row.stage, row.born, row.energy], ["active", "init", "adult", 0, 100]);
  }
  assertEquals(run.rows("SELECT count(*) AS n FROM events WHERE type = 'agent.created'"), [{ n: 20 } as never]);
});

Deno.test("init() prints and records the share of viable draws", async () => {
  await using run = await MadeRun.make(0);
  const told = await run.init({ count: 30, seed: "7" });
  assertMatch(told.said, /30 of \d+ genomes drawn were viable/);
  const meta = Object.fromEntries(run.rows("SELECT key, value FROM meta").map(({ key, value }) => [key, value]));
  assertEquals([meta.seed, meta.size, meta.active, meta.viable], ["7", "30", "0.5", "30"]);
  assertEquals(Number(meta.draws), told.counts.draws);
});

Deno.test("init(): active 1 switches every gene on, 0 none but those of phase birth", async () => {
  for (const [active, functions] of [[1, 3], [0, 1]] as const) {
    await using run = await MadeRun.make(0);
    await run.init({ count: 5, seed: "7", active });
    assertEquals(run.rows("SELECT metrics FROM agents").map(({ metrics }) => JSON.parse(String(metrics)).functions), [
      ...Array(5).fill(functions),
    ]);
  }
});

Deno.test("init() again does nothing, with a larger count adds, with a smaller one does nothing", async () => {
  await using run = await MadeRun.make(3);
  const before = await inodes(run);
  for (const count of [3, undefined, 1]) {
    const told = await run.init({ count });
    assertEquals([told.counts.updates, told.counts.agents], [0, 3]);
    assertStringIncludes(told.said, "already");
  }
  const told = await run.init({ count: 5 });
  assertEquals([told.counts.created, run.ids.length], [2, 5]);
  const after = await inodes(run);
  assertEquals(Object.fromEntries(Object.keys(before).map((path) => [path, after[path]!])), before);
});

Deno.test("init() in two goes makes the agents that it makes in one", async () => {
  await using once = await MadeRun.make(6);
  await using twice = await MadeRun.make(2);
  await twice.init({ count: 6 });
  const genomes = "SELECT ordinal, id, genome_hash, code_hash, build_key FROM agents";
  assertEquals(twice.rows(genomes), once.rows(genomes));
});

Deno.test("init() draws a seed, prints it and keeps it; another one is misuse", async () => {
  await using run = await MadeRun.make(0);
  const { said } = await run.init({ count: 2 });
  const [{ value } = {}] = run.rows("SELECT value FROM meta WHERE key = 'seed'");
  assertStringIncludes(said, `the run's seed is ${value}`);
  await run.init({ count: 3, seed: String(value) });
  const error = await assertRejects(() => run.init({ count: 4, seed: "other" }), Misuse);
  assertEquals((error as Misuse).issue.code, "init.seed");
  assertEquals(run.ids.length, 3);
});

Deno.test("init() leaves a configuration alone and writes its schema", async () => {
  await using run = await MadeRun.make(0);
  await Deno.mkdir(run.paths.workspace, { recursive: true });
  const config = '{ "$schema": "./config.schema.json", "energy": { "start": 42 } }';
  await Deno.writeTextFile(run.paths.config, config);
  await run.init({ count: 1, seed: "7" });
  assertEquals(await Deno.readTextFile(run.paths.config), config);
  assertEquals(run.rows("SELECT energy FROM agents"), [{ energy: 42 } as never]);
  assertStringIncludes(await Deno.readTextFile(run.paths.configSchema), '"energy"');
});

Deno.test("init() writes one line for each agent and file, and a summary, into initialization.log", async () => {
  await using run = await MadeRun.make(2);
  await run.init({ count: 3 });
  const text = await Deno.readTextFile(`${run.paths.logs}/initialization.log`);
  const lines: { event: string; id?: string; index?: number; created?: number }[] = text.trimEnd().split("\n")
    .map((line) => JSON.parse(line));
  assertEquals(lines.filter(({ event }) => event === "agent.created").map(({ id }) => id), run.ids);
  assertEquals(lines.filter(({ event }) => event === "init.finished").map(({ created }) => created), [2, 1]);
  assertEquals(lines.filter(({ event }) => event === "template.file").length, 4);
});

Deno.test("init() refuses folders of agents that no listing knows", async () => {
  await using run = await MadeRun.make(2);
  for (const file of ["listing.db", "listing.db-wal", "listing.db-shm"]) {
    await Deno.remove(`${run.paths.workspace}/${file}`).catch(() => {});
  }
  const error = await assertRejects(() => run.init({ count: 2, seed: "7" }), StepFailed);
  assertEquals((error as StepFailed).issue.code, "init.unlisted");
  assertEquals([...Deno.readDirSync(run.paths.agents)].length, 2);
});

Deno.test("init() goes on where it was killed between a folder and its row", async () => {
  await using run = await MadeRun.make(4);
  const [, , third = "", fourth = ""] = run.ids;
  await using whole = await MadeRun.make(4);
  run.edit((listing) => listing.run("DELETE FROM agents WHERE ordinal >= 2"));
  await Deno.writeTextFile(run.path(third, "src/half.ts"), "");
  await Deno.rename(run.path(fourth), `${run.paths.agents}/.tmp-${fourth}`);
  assertEquals((await run.init()).counts.created, 2);
  assertEquals(run.ids, whole.ids);
  assertEquals((await run.scan()).records.filter(({ ok }) => !ok), []);
  assertEquals((await run.syncWiring()).counts.written, 0);
});

Deno.test("init() keeps the former pool of a renewed template, and uses the new one for new agents", async () => {
  await using run = await MadeRun.make(1);
  const changed = tinyFiles["src/walker.ts"]!.replace("default: 0.5", "default: 0.25");
  await writeTemplate(run.template, { "src/walker.ts": changed });
  assertEquals((await run.init({ count: 2 })).counts.created, 1);
  const [first, second] = run.rows("SELECT code_hash FROM agents ORDER BY ordinal").map((row) => row.code_hash);
  assert(first !== second);
  assertEquals(storedPools(run.paths), [String(first), String(second)].sort());
  await writeTemplate(run.template, { "src/walker.ts": `// Only a remark.\n${changed}` });
  assertEquals((await run.init()).counts.updates, 0);
});

Deno.test("init() looks at the template that was recorded, when none is given", async () => {
  await using run = await MadeRun.make(1);
  assertEquals((await run.init({ template: undefined })).counts.updates, 0);
  await Deno.remove(run.template, { recursive: true });
  await assertRejects(() => run.init({ template: undefined }), Misuse, run.template);
});

Deno.test("init() refuses what engines read differently, and warns where the run has such a template already", async () => {
  await using run = await MadeRun.make(0);
  const text = "/** @phase act */\nexport function odd(): number { return 0.12345678901234567890; }\n";
  await writeTemplate(run.template, { "src/odd.ts": text });
  const error = await assertRejects(() => run.init({ count: 2, seed: "7" }), Misuse);
  assertEquals(error.issue.code, "audit.engine");
  await storePool(run.paths, run.template, await readPool(run.template, () => true));
  const { counts, said } = await run.init({ count: 2, seed: "7" });
  assertEquals(counts.created, 2);
  assertStringIncludes(said, "warning: isolations may differ.");
  assertStringIncludes(said, "src/odd.ts:2");
});
