import { assert, assertEquals, assertMatch, assertNotEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { disable, reactivate } from "../../../lib/db/transitions/status.ts";
import { sha256 } from "../../../lib/util/hash.ts";
import { ensureKeys } from "../../../lib/signing/keys.ts";
import { loadsNothing } from "../../../lib/toolchain/prove_syntax.ts";
import { loadVerifier, type Statement } from "../../../lib/signing/sign.ts";
import { artifactPath } from "../../../lib/signing/store.ts";
import { StepFailed } from "../../../lib/util/issue.ts";
import { MadeRun, smallTemplate } from "./made_run.ts";

async function artifactOf(run: MadeRun, id: string): Promise<string> {
  const hash = run.agent(id).build_hash as string;
  const bytes = await Deno.readFile(artifactPath(run.paths.store, hash));
  assertEquals(await sha256(bytes), hash);
  return new TextDecoder().decode(bytes);
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
  assertEquals(first.counts, { acted: 6, built: 2, cached: 1, failed: 0, stale: 0 });
  assertEquals(first.records.map(({ id, ok, cached }) => ({ id, ok, cached })), [
    { id: run.ids()[0]!, ok: true, cached: false },
    { id: run.ids()[1]!, ok: true, cached: true },
    { id: run.ids()[2]!, ok: true, cached: false },
  ]);
  const [a, b, c] = run.ids().map((id) => run.agent(id).build_hash);
  assertEquals(a, b);
  assertNotEquals(a, c);
  assertEquals(await run.build(), { counts: { acted: 0, built: 0, cached: 0, failed: 0, stale: 0 }, records: [] });
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
  await run.build();
  const [text, empty] = [await artifactOf(run, some), await artifactOf(run, none)];
  for (const program of [text, empty]) {
    assert(loadsNothing(program));
    assertStringIncludes(program, "function perceive(");
  }
  assertStringIncludes(text, "function walk(");
  assertStringIncludes(text, "function taste(");
  assert(!/adapt/.test(text), "an inactive function of an active file is not even named");
  assert(!/walk\.ts#|function walk|adapt|taste\(/.test(empty), "an inactive file is not even named");
  assertEquals(await Deno.readTextFile(`${run.paths.agents}/${some}/dist/main.js`), text);
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
  const judges = [one, two].map(({ paths }) => [...Deno.readDirSync(`${paths.store}/judges`)].map(({ name }) => name));
  assertEquals(judges[0], judges[1]);
  const [a, b] = [one, two].map(({ paths }, i) => Deno.readTextFileSync(`${paths.store}/judges/${judges[i]![0]}`));
  assertEquals(a, b);
  assert(!a!.includes(one.paths.root) && !a!.includes("/tmp"), "no path of a folder is in it");
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
  "src/taste.ts": smallTemplate["src/taste.ts"]!.replace("life.perception.food ?? 0", 'life.perception.food ?? "no"'),
};

Deno.test("build() disables for a type error, with the compiler's message, just who has the gene", async () => {
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
  assertEquals((await run.build()).counts.acted, 0, "a failure is not tried again");
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

Deno.test("build() tells of stale wiring and disables nobody", async () => {
  const run = await threeAgents();
  await run.build();
  const [a, b, c] = run.ids() as [string, string, string];
  const built = run.agent(a).build_hash;
  using listing = run.listing();
  listing.run("UPDATE agents SET genome_hash = ? WHERE id = ?", "0".repeat(64), a);
  listing.run("UPDATE agents SET wired_from = genome_hash || ':' || code_hash || ':another' WHERE id = ?", b);
  listing.run("UPDATE agents SET wired_from = NULL WHERE id = ?", c);
  const { counts, records } = await run.build();
  assertEquals(counts, { acted: 0, built: 0, cached: 0, failed: 0, stale: 3 });
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
  const { records } = await run.build();
  assertEquals(records.map(({ ok }) => ok), [true, false]);
  assertEquals(records[1]!.issue?.code, "wiring.stale");
  const text = await artifactOf(run, edited);
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
  assertEquals((await run.build()).counts.acted, 0);
});

Deno.test("build() leaves who was disabled for a crash disabled until it changes", async () => {
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

Deno.test("build() notices an artifact that is missing, edited or cut, and makes it again", async () => {
  const run = await MadeRun.make(1);
  const [id] = run.ids() as [string];
  await run.build();
  const hash = run.agent(id).build_hash as string;
  const path = artifactPath(run.paths.store, hash);
  const text = await Deno.readTextFile(path);
  const damages = [() => Deno.remove(path), () => Deno.writeTextFile(path, `${text}//`), () => Deno.truncate(path, 9)];
  for (const damage of damages) {
    await damage();
    assertEquals((await run.build()).counts, { acted: 1, built: 1, cached: 0, failed: 0, stale: 0 });
    assertEquals(await Deno.readTextFile(path), text);
    assertEquals((await run.build()).counts.acted, 0);
  }
});

Deno.test("build() signs what it built, and the judge", async () => {
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
  const judge = statements.find(({ genome }) => genome === "judge")!;
  const path = `${run.paths.store}/judges/${judge.world}-${judge.runtime}.js`;
  assertEquals(await sha256(await Deno.readFile(path)), judge.artifact);
  await Deno.writeTextFile(path, "forged");
  assertEquals((await run.build()).counts.acted, 1);
  assertEquals(await sha256(await Deno.readFile(path)), judge.artifact);
});

Deno.test("build() signs everything anew with a new key, and compiles nothing for it", async () => {
  const run = await threeAgents();
  await run.build();
  await Deno.remove(`${run.paths.root}/keys`, { recursive: true });
  await ensureKeys(run.paths);
  assertEquals((await run.build()).counts, { acted: 6, built: 0, cached: 3, failed: 0, stale: 0 });
  using listing = run.listing();
  const verifier = await loadVerifier(run.paths.publicKey);
  const statements = listing.all<Statement & { signature: string }>("SELECT * FROM statements");
  assertEquals(statements.length, 5);
  for (const statement of statements) assert(await verifier.verify(statement, statement.signature));
});

Deno.test("build() records why it built an agent, from what and to what", async () => {
  const run = await MadeRun.make(1);
  const [id] = run.ids() as [string];
  const made = async () => {
    const { genome_hash: genome, build_hash: artifact } = (await run.build(), run.agent(id));
    using listing = run.listing();
    const { why, ...row } = listing.get("SELECT * FROM agent_builds ORDER BY id DESC LIMIT 1")!;
    assertEquals([row.agent, row.artifact, String(row.built_from).split(":")[0]], [id, artifact, genome]);
    return why;
  };
  assertEquals(await made(), "unbuilt");
  await run.change(id, { "src/walk.ts:stride": 3 });
  assertEquals(await made(), "changed");
  await Deno.remove(artifactPath(run.paths.store, run.agent(id).build_hash as string));
  assertEquals(await made(), "lost");
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
  assertEquals((await run.build()).counts, { acted: 6, built: 2, cached: 1, failed: 0, stale: 0 });
  assertEquals(listing.all("SELECT 1 FROM statements WHERE policy = 'of old'"), []);
});

Deno.test("build() refuses a template copy that is not the one that was audited", async () => {
  const run = await MadeRun.make(1);
  using listing = run.listing();
  for (const file of ["src/walk.ts", "world.ts"]) {
    const path = `${run.paths.template}/${listing.meta("pool")}/${file}`;
    const text = await Deno.readTextFile(path);
    await Deno.writeTextFile(path, `${text}\nevil();\n`);
    const error = await assertRejects(() => run.build(), StepFailed);
    assertEquals([error.issue.code, error.issue.path], ["template.damaged", path]);
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
  const { counts } = await run.build();
  assertEquals(counts.acted, 5);
  assertEquals([...Deno.readDirSync(outside)], []);
});

Deno.test("build() fails without keys and says what to do", async () => {
  const run = await MadeRun.make(1);
  await Deno.remove(run.paths.privateKey);
  await assertRejects(() => run.build(), StepFailed, "deno task key");
});
