import { assert, assertEquals, assertMatch, assertNotEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { sourcePath, sourcesOf } from "../../../lib/template/pool_sources.ts";
import { loadPool } from "../../../lib/template/pool_store.ts";
import { disable, reactivate } from "../../../lib/db/transitions/status.ts";
import { sha256 } from "../../../lib/util/hash.ts";
import { ensureKeys } from "../../../lib/signing/keys.ts";
import { loadsNothing } from "../../../lib/toolchain/prove_syntax.ts";
import { loadVerifier, type Statement } from "../../../lib/signing/sign.ts";
import { infoOf } from "../../../lib/util/files.ts";
import { StepFailed } from "../../../lib/util/issue.ts";
import { MadeRun, smallTemplate } from "./made_run.ts";

/** The copy of an agent's artifact in its folder, if it has one. */
function copyOf(run: MadeRun, id: string): string | undefined {
  const path = `${run.paths.agents}/${id}/dist/main.js`;
  return infoOf(path) && Deno.readTextFileSync(path);
}

/** The programs in the store, by name. */
function programs({ paths }: MadeRun): Map<string, string> {
  const folder = `${paths.store}/programs`;
  const names = [...Deno.readDirSync(folder)].map(({ name }) => name).sort();
  return new Map(names.map((name) => [name, Deno.readTextFileSync(`${folder}/${name}`)]));
}

/** Three agents: the first two have equal content, the third one another. */
async function threeAgents(): Promise<MadeRun> {
  const run = await MadeRun.make(3);
  const [a, b, c] = run.ids() as [string, string, string];
  for (const id of [a, b]) await run.change(id, { "src/walk.ts:stride": 1 });
  await run.change(c, { "src/walk.ts:stride": 2 });
  return run;
}

Deno.test("build() builds equal content once, and the second time nothing", async () => {
  const run = await threeAgents();
  const first = await run.build();
  assertEquals(first.counts, { updates: 7, built: 2, cached: 1, failed: 0, stale: 0 });
  assertEquals(first.records.map(({ id, ok, cached }) => ({ id, ok, cached })), [
    { id: run.ids()[0]!, ok: true, cached: false },
    { id: run.ids()[1]!, ok: true, cached: true },
    { id: run.ids()[2]!, ok: true, cached: false },
  ]);
  const [a, b, c] = run.ids().map((id) => run.agent(id).build_hash);
  assertEquals(a, b);
  assertNotEquals(a, c);
  assertEquals(await run.build(), { counts: { updates: 0, built: 0, cached: 0, failed: 0, stale: 0 }, records: [] });
});

Deno.test("build() takes up again what was built before, when an agent goes back to it", async () => {
  const run = await threeAgents();
  await run.build();
  const [a] = run.ids() as [string];
  const before = run.agent(a).build_hash;
  await run.change(a, { "src/walk.ts:stride": 3 });
  assertEquals((await run.build()).counts.built, 1);
  await run.change(a, { "src/walk.ts:stride": 1 });
  assertEquals((await run.build()).counts.cached, 1);
  assertEquals(run.agent(a).build_hash, before);
});

Deno.test("build() makes an artifact without imports and without inactive functions", async () => {
  const run = await MadeRun.make(2);
  const [some, none] = run.ids() as [string, string];
  await run.change(some, { "src/walk.ts#adapt": false });
  await run.change(none, { "src/walk.ts": false, "src/breed.ts": true });
  await run.build(undefined, { dist: true });
  const [text, empty] = [copyOf(run, some)!, copyOf(run, none)!];
  for (const program of [text, empty]) {
    assert(loadsNothing(program));
    assertStringIncludes(program, "function perceive(");
  }
  assertStringIncludes(text, "function walk(");
  assertStringIncludes(text, "function taste(");
  assert(!/adapt/.test(text), "an inactive function of an active file is not even named");
  assert(!/walk\.ts#|function walk|adapt|taste\(/.test(empty), "an inactive file is not even named");
});

Deno.test("build() writes copies of artifacts on request alone, and of just the agents it is asked for", async () => {
  const run = await threeAgents();
  const [a, b, c] = run.ids() as [string, string, string];
  await run.build();
  assertEquals([a, b, c].map((id) => copyOf(run, id)), [undefined, undefined, undefined]);
  const some = await run.build(new Set([b]), { dist: true });
  assertEquals(some.counts, { updates: 0, built: 0, cached: 0, failed: 0, stale: 0, dist: 1 });
  assertEquals([a, b, c].map((id) => copyOf(run, id) !== undefined), [false, true, false]);
  assertEquals((await run.build(undefined, { dist: true })).counts.dist, 3);
  assertEquals(copyOf(run, a), copyOf(run, b));
  assertNotEquals(copyOf(run, a), copyOf(run, c));
});

Deno.test("build() removes a copy that its agent is not built as any more, and no other", async () => {
  const run = await threeAgents();
  const [changed, lethal, same] = run.ids() as [string, string, string];
  await run.build(undefined, { dist: true });
  const [before, kept] = [copyOf(run, changed), copyOf(run, same)];
  await run.change(changed, { "src/walk.ts:stride": 3 });
  await run.change(lethal, { "src/taste.ts": false });
  await run.build();
  assertEquals([changed, lethal, same].map((id) => copyOf(run, id)), [undefined, undefined, kept]);
  assertEquals((await run.build(undefined, { dist: true })).counts.dist, 2);
  assertEquals(copyOf(run, lethal), undefined);
  assertNotEquals(copyOf(run, changed), before);
});

Deno.test("build() writes what an agent is built as where it has changed itself since", async () => {
  const run = await MadeRun.make(1);
  const [id] = run.ids() as [string];
  await run.build(undefined, { dist: true });
  const before = copyOf(run, id);
  await run.change(id, { "src/walk.ts:stride": 3 });
  using listing = run.listing();
  // As after an evaluation: no scan has looked at it yet.
  listing.run("UPDATE agents SET wired_from = NULL WHERE id = ?", id);
  await Deno.remove(`${run.paths.agents}/${id}/dist/main.js`);
  assertEquals((await run.build(undefined, { dist: true })).counts.dist, 1);
  assert(before !== undefined);
  assertEquals(copyOf(run, id), before);
});

Deno.test("build() gives the same bytes whatever folder, run, workers or order of agents", async () => {
  const [one, two] = [await MadeRun.make(3), await MadeRun.make(5)];
  two.workers = 4;
  await one.build();
  const [first, , third, ...others] = two.ids() as [string, string, string];
  await two.build(new Set([third, ...others]));
  await two.build(new Set([first]));
  await two.build();
  assertEquals(one.ids(), two.ids().slice(0, 3));
  for (const id of one.ids()) assertEquals(one.agent(id).build_hash, two.agent(id).build_hash);
  for (const run of [one, two]) await run.build(undefined, { dist: true });
  for (const id of one.ids()) assertEquals(copyOf(one, id), copyOf(two, id));
  assertEquals(programs(one), programs(two));
  for (const text of programs(one).values()) {
    assert(!text.includes(one.paths.root) && !text.includes("/tmp"), "no path of a folder is in it");
  }
});

Deno.test("build() handles only the agents it is asked for", async () => {
  const run = await threeAgents();
  const [, , c] = run.ids() as [string, string, string];
  const { records } = await run.build(new Set([c]));
  assertEquals(records.map(({ id }) => id), [c]);
  assertEquals(run.ids().filter((id) => run.agent(id).build_hash !== null), [c]);
});

const untyped = {
  ...smallTemplate,
  "src/taste.ts": smallTemplate["src/taste.ts"]!.replace(
    "context.perception.food ?? 0",
    'context.perception.food ?? "no"',
  ),
};

Deno.test("build() disables for a type error, with the compiler's message, just the agents that have the gene", async () => {
  const run = await MadeRun.make(2, untyped, true);
  const [broken, sound] = run.ids() as [string, string];
  await run.change(sound, { "src/walk.ts": false });
  const { counts, records } = await run.build();
  assertEquals([counts.built, counts.failed], [1, 1]);
  const { status, code, reason, build_hash } = run.agent(broken);
  assertEquals([status, code, build_hash], ["disabled", "template.type", null]);
  assertEquals(
    reason,
    "src/taste.ts:5: TS2322: Type 'number | \"no\"' is not assignable to type 'number'. " +
      "Type 'string' is not assignable to type 'number'.",
  );
  assertEquals(records[0]!.issue, { code: "template.type", message: reason as string, path: "src/taste.ts:5" });
  assertEquals(run.agent(sound).status, "active");
  assertEquals((await run.build()).counts.updates, 0, "a failure is not tried again");
  await run.change(broken, { "src/walk.ts": false });
  await run.build();
  assertEquals(run.agent(broken).status, "active", "it is active again when its new content builds");
});

Deno.test("build() disables a lethal genotype with both names, and anew when it stays so", async () => {
  const run = await MadeRun.make(2);
  const [lethal, twin] = run.ids() as [string, string];
  for (const id of [lethal, twin]) await run.change(id, { "src/taste.ts": false, "src/walk.ts:stride": 4 });
  const { counts, records } = await run.build();
  assertEquals([counts.built, counts.failed], [0, 2]);
  assertEquals(records.map(({ cached }) => cached), [false, true]);
  const message = "`walk` in src/walk.ts calls `taste` in src/taste.ts, which the genome switches off";
  assertEquals(records[1]!.issue?.message, message);
  for (const id of [lethal, twin]) {
    const { status, code, reason } = run.agent(id);
    assertEquals([status, code, reason], ["disabled", "genotype.lethal", message]);
  }
  await run.change(lethal, { "src/walk.ts:stride": 5 });
  await run.build();
  assertEquals([run.agent(lethal).status, run.agent(lethal).code], ["disabled", "genotype.lethal"]);
  await run.change(lethal, { "src/taste.ts": true });
  await run.build();
  assertEquals([run.agent(lethal).status, run.agent(lethal).code], ["active", null]);
  using listing = run.listing();
  const events = listing.all<{ type: string }>("SELECT type FROM events WHERE agent = ? ORDER BY id", lethal);
  assertEquals(events.map(({ type }) => type).filter((type) => type !== "agent.created"), [
    "agent.disabled",
    "agent.disabled",
    "agent.changed",
  ]);
});

Deno.test("build() reports stale wiring and disables none", async () => {
  const run = await threeAgents();
  await run.build();
  const [a, b, c] = run.ids() as [string, string, string];
  const built = run.agent(a).build_hash;
  using listing = run.listing();
  listing.run("UPDATE agents SET genome_hash = ? WHERE id = ?", "0".repeat(64), a);
  listing.run("UPDATE agents SET wired_from = genome_hash || ':' || code_hash || ':another' WHERE id = ?", b);
  listing.run("UPDATE agents SET wired_from = NULL WHERE id = ?", c);
  const { counts, records } = await run.build();
  assertEquals(counts, { updates: 0, built: 0, cached: 0, failed: 0, stale: 3 });
  for (const { ok, issue } of records) assertEquals([ok, issue?.code], [false, "wiring.stale"]);
  assertMatch(records[0]!.issue!.message, /sync-wiring/);
  for (const id of [a, b, c]) assertEquals(run.agent(id).status, "active");
  assertEquals(run.agent(a).build_hash, built);
});

Deno.test("build() builds from the genome, not from what lies in the agent's folder", async () => {
  const run = await MadeRun.make(2);
  const [edited, swapped] = run.ids() as [string, string];
  await Deno.writeTextFile(`${run.paths.agents}/${edited}/src/mod.ts`, `import "/etc/passwd" with { type: "text" };`);
  await Deno.writeTextFile(`${run.paths.agents}/${edited}/src/walk.ts`, "export function walk() { return evil(); }");
  using listing = run.listing();
  // A key that does not come out of the genome: the wiring was not made from it.
  listing.run(
    "UPDATE agents SET build_key = (SELECT build_key FROM agents WHERE id = ?) WHERE id = ?",
    edited,
    swapped,
  );
  const { records } = await run.build(undefined, { dist: true });
  assertEquals(records.map(({ ok }) => ok), [true, false]);
  assertEquals(records[1]!.issue?.code, "wiring.stale");
  const text = copyOf(run, edited)!;
  assert(!/passwd|evil/.test(text));
  assertEquals(run.agent(swapped).status, "active");
});

Deno.test("build() refuses a genome that is not the listed one", async () => {
  const run = await MadeRun.make(1);
  const [id] = run.ids() as [string];
  using listing = run.listing();
  listing.run("DELETE FROM blobs");
  await Deno.writeFile(`${run.paths.agents}/${id}/genome.bin`, new Uint8Array([0x80]));
  const { records } = await run.build();
  assertEquals(records.map(({ ok, issue }) => [ok, issue?.code]), [[false, "genome.missing"]]);
  assertEquals(run.agent(id).build_hash, null);
});

Deno.test("build() disables an agent whose code is of no template of the run", async () => {
  const run = await MadeRun.make(1);
  const [id] = run.ids() as [string];
  using listing = run.listing();
  listing.run("UPDATE agents SET code_hash = ?", "f".repeat(64));
  await run.build();
  assertEquals([run.agent(id).status, run.agent(id).code], ["disabled", "audit.code"]);
  assertEquals((await run.build()).counts.updates, 0);
});

Deno.test("build() leaves what was disabled for a crash disabled until it changes", async () => {
  const run = await MadeRun.make(1);
  const [id] = run.ids() as [string];
  await run.build();
  using listing = run.listing();
  disable(listing, id, 0, { code: "crash.often", message: "It crashed." });
  listing.run("UPDATE agents SET built_from = NULL");
  await run.build();
  assertEquals([run.agent(id).status, run.agent(id).code], ["disabled", "crash.often"]);
  await run.change(id, { "src/walk.ts:stride": 3 });
  await run.build();
  assertEquals([run.agent(id).status, run.agent(id).code], ["active", null]);
});

/** What may have come over a program in the store. */
const damages: Readonly<Record<string, (path: string) => void>> = {
  "it is missing": (path) => Deno.removeSync(path),
  "it is edited": (path) => Deno.writeTextFileSync(path, "//", { append: true }),
  "it is cut": (path) => Deno.truncateSync(path, 9),
  "it is a folder": (path) => {
    Deno.removeSync(path);
    Deno.mkdirSync(`${path}/inner`, { recursive: true });
  },
  "it is a link": (path) => {
    const elsewhere = `${Deno.makeTempDirSync()}/program.js`;
    Deno.renameSync(path, elsewhere);
    Deno.symlinkSync(elsewhere, path);
  },
};

Deno.test("build() notices a shared program that is missing, edited, cut or none, and makes it again", async () => {
  const run = await MadeRun.make(1);
  await run.build();
  const whole = programs(run);
  for (const kind of ["judge", "pool", "kit"] as const) {
    for (const [name, damage] of Object.entries(damages)) {
      damage(run.program(kind));
      assertEquals([kind, name, (await run.build()).counts.updates], [kind, name, 1]);
      assertEquals([kind, name, programs(run)], [kind, name, whole]);
      assertEquals((await run.build()).counts.updates, 0);
    }
  }
});

Deno.test("build() signs anew what agents share, and the control, where the signature is not this project's", async () => {
  const run = await MadeRun.make(1);
  await run.build();
  using listing = run.listing();
  const verifier = await loadVerifier(run.paths.publicKey);
  const names = listing.all<{ genome: string }>(
    "SELECT genome FROM statements WHERE genome NOT IN (SELECT genome_hash FROM agents)",
  );
  assertEquals(names.length, 4);
  for (const { genome } of names) {
    listing.run("UPDATE statements SET signature = 'AAAA' WHERE genome = ?", genome);
    assert((await run.build()).counts.updates! > 0, genome);
    const statement = listing.get<Statement & { signature: string }>(
      "SELECT * FROM statements WHERE genome = ?",
      genome,
    );
    assert(await verifier.verify(statement!, statement!.signature), genome);
  }
});

Deno.test("build() keeps the programs that are signed, and nothing of an agent, in the store", async () => {
  const run = await threeAgents();
  await run.build();
  const former = [...programs(run).keys()];
  assertEquals(former, (["judge", "kit", "pool"] as const).map((kind) => run.program(kind).split("/").at(-1)!).sort());
  // What a release of before kept, which had no such programs.
  await Deno.mkdir(`${run.paths.store}/artifacts/aa`, { recursive: true });
  await Deno.writeTextFile(`${run.paths.store}/artifacts/aa/${"a".repeat(64)}.js`, "live();");
  await Deno.remove(`${run.paths.store}/programs`, { recursive: true });
  await run.build();
  assertEquals(infoOf(`${run.paths.store}/artifacts`), undefined);
  assertEquals([...programs(run).keys()], former);
});

Deno.test("build() signs what it built, and what agents share", async () => {
  const run = await threeAgents();
  await run.build();
  using listing = run.listing();
  const verifier = await loadVerifier(run.paths.publicKey);
  const statements = listing.all<Statement & { signature: string }>("SELECT * FROM statements");
  for (const statement of statements) assert(await verifier.verify(statement, statement.signature));
  for (const id of run.ids()) {
    const { build_hash, genome_hash } = run.agent(id);
    assert(statements.some(({ artifact, genome }) => artifact === build_hash && genome === genome_hash));
  }
  for (const [name, text] of programs(run)) assertEquals(`${await sha256(text)}.js`, name);
});

Deno.test("build() signs everything anew with a new key, and compiles nothing for it", async () => {
  const run = await threeAgents();
  await run.build();
  await Deno.remove(`${run.paths.root}/keys`, { recursive: true });
  await ensureKeys(run.paths);
  assertEquals((await run.build()).counts, { updates: 7, built: 0, cached: 3, failed: 0, stale: 0 });
  using listing = run.listing();
  const verifier = await loadVerifier(run.paths.publicKey);
  const statements = listing.all<Statement & { signature: string }>("SELECT * FROM statements");
  assertEquals(statements.length, 6);
  for (const statement of statements) assert(await verifier.verify(statement, statement.signature));
});

Deno.test("build() records why it built an agent, from what and to what", async () => {
  const run = await MadeRun.make(1);
  const [id] = run.ids() as [string];
  const made = async () => {
    const { genome_hash: genome, build_hash: artifact } = (await run.build(), run.agent(id));
    using listing = run.listing();
    const { trigger, ...row } = listing.get("SELECT * FROM agent_builds ORDER BY id DESC LIMIT 1")!;
    assertEquals([row.agent, row.artifact, String(row.built_from).split(":")[0]], [id, artifact, genome]);
    return trigger;
  };
  assertEquals(await made(), "unbuilt");
  await run.change(id, { "src/walk.ts:stride": 3 });
  assertEquals(await made(), "changed");
  {
    using listing = run.listing();
    listing.run("UPDATE statements SET policy = 'another'");
  }
  assertEquals(await made(), "unsigned");
  await run.change(id, { "src/walk.ts": true, "src/taste.ts": false });
  assertEquals(await made(), "changed");
  {
    using listing = run.listing();
    const { code, message } = listing.get("SELECT * FROM agent_builds ORDER BY id DESC LIMIT 1")!;
    assertEquals([code, message], [run.agent(id).code, run.agent(id).reason]);
    reactivate(listing, id, 1, "enabled");
  }
  assertEquals(await made(), "again");
});

Deno.test("build() builds everything anew under another policy", async () => {
  const run = await threeAgents();
  await run.build();
  using listing = run.listing();
  listing.run("UPDATE statements SET policy = 'of old'");
  assertEquals((await run.build()).counts, { updates: 7, built: 2, cached: 1, failed: 0, stale: 0 });
  assertEquals(listing.all("SELECT 1 FROM statements WHERE policy = 'of old'"), []);
});

Deno.test("build() refuses a source that is not the one that was audited", async () => {
  const run = await MadeRun.make(1);
  using listing = run.listing();
  for (const file of ["src/walk.ts", "world.ts"]) {
    const { hash } = sourcesOf(loadPool(run.paths, listing.meta("pool")!)).find(({ path }) => path === file)!;
    const path = sourcePath(run.paths, hash);
    const text = await Deno.readTextFile(path);
    await Deno.writeTextFile(path, `${text}\nevil();\n`);
    const error = await assertRejects(() => run.build(), StepFailed);
    assertEquals([error.issue.code, error.issue.path], ["template.changed", path]);
    await Deno.writeTextFile(path, text);
  }
  assertEquals(run.agent(run.ids()[0]!).status, "active");
});

Deno.test("build() follows no link when it writes the copy for a person", async () => {
  const run = await MadeRun.make(2);
  const [linked, missing] = run.ids() as [string, string];
  const outside = await Deno.makeTempDir();
  const folder = `${run.paths.agents}/${linked}`;
  await Deno.remove(`${folder}/dist`, { recursive: true });
  await Deno.symlink(outside, `${folder}/dist`);
  await Deno.remove(`${run.paths.agents}/${missing}`, { recursive: true });
  const { counts } = await run.build(undefined, { dist: true });
  assertEquals([counts.updates, counts.dist], [6, 0]);
  assertEquals([...Deno.readDirSync(outside)], []);
  await Deno.writeTextFile(`${outside}/main.js`, "mine();");
  await run.change(linked, { "src/walk.ts:stride": 3 });
  await run.build();
  assertEquals(await Deno.readTextFile(`${outside}/main.js`), "mine();");
});

Deno.test("build() fails without keys and says what to do", async () => {
  const run = await MadeRun.make(1);
  await Deno.remove(run.paths.privateKey);
  await assertRejects(() => run.build(), StepFailed, "deno task key");
});
