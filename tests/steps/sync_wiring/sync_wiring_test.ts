import { assert, assertEquals, assertMatch, assertNotEquals, assertStringIncludes } from "@std/assert";
import { encode } from "@std/msgpack";
import { disable } from "../../../lib/db/transitions/status.ts";
import { MadeRun, recordOf, tinyFiles } from "../../agents/made_run.ts";

const wiring = ["deno.json", "src/main.ts", "src/mod.ts"];

function genome(urge: boolean): Uint8Array {
  return encode({
    version: 1,
    files: [
      { path: "src/seed.ts", active: true, functions: { mutate: true }, parameters: {} },
      { path: "src/walker.ts", active: true, functions: { stride: urge, urge }, parameters: { eagerness: 0.25 } },
    ],
  });
}

/** All files of an agent by path, with what tells whether they were written. */
async function files(run: MadeRun, id: string): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const folder of ["", "src/"]) {
    for await (const { name, isFile } of Deno.readDir(run.path(id, folder))) {
      if (!isFile) continue;
      const path = run.path(id, folder + name);
      const { ino, ctime } = await Deno.lstat(path);
      found[folder + name] = `${ino} ${ctime?.getTime()} ${await Deno.readTextFile(path)}`;
    }
  }
  return found;
}

function differing(before: Record<string, string>, after: Record<string, string>): string[] {
  return Object.keys({ ...before, ...after }).filter((path) => before[path] !== after[path]).sort();
}

Deno.test("syncWiring() has nothing to do after init, also when looked at file by file", async () => {
  await using run = await MadeRun.make(2);
  assertEquals((await run.syncWiring()).counts.updates, 0);
  run.edit((listing) => listing.run("UPDATE agents SET wired_stamp = NULL"));
  const told = await run.syncWiring();
  assertEquals(told.records.map(({ type, ok, written }) => ({ type, ok, written })), [
    { type: "agent.wired", ok: true, written: [] },
    { type: "agent.wired", ok: true, written: [] },
  ]);
  assertEquals(told.counts.updates, 0);
});

Deno.test("syncWiring() makes the wiring follow a changed genome, and writes nothing else", async () => {
  await using run = await MadeRun.make(2);
  const [id = "", other = ""] = run.ids;
  await Deno.writeFile(run.path(id, "genome.bin"), genome(false));
  await run.scan();
  const before = [await files(run, id), await files(run, other)];
  const { build_key, wired_from } = run.row(id);
  const told = await run.syncWiring();
  assertEquals(recordOf(told, id).written, ["src/mod.ts"]);
  assertEquals(recordOf(told, id).changed, true);
  assertEquals(recordOf(told, other).written, []);
  assertEquals(differing(before[0]!, await files(run, id)), ["src/mod.ts"]);
  assertEquals(differing(before[1]!, await files(run, other)), []);
  const mod = await Deno.readTextFile(run.path(id, "src/mod.ts"));
  assertEquals([mod.includes("stride"), mod.includes("mutate")], [false, true]);
  assertNotEquals([run.row(id).build_key, run.row(id).wired_from], [build_key, wired_from]);
  assertEquals((await run.syncWiring()).counts.updates, 0);
  assertEquals((await run.scan()).counts.updates, 0);
});

Deno.test("syncWiring() restores wiring that was edited, removed or replaced by a link", async () => {
  await using run = await MadeRun.make(1);
  const [id = ""] = run.ids;
  const texts = () => Promise.all(wiring.map((path) => Deno.readTextFile(run.path(id, path))));
  const before = await texts();
  const elsewhere = `${run.folder}/elsewhere.ts`;
  await Deno.writeTextFile(elsewhere, "untouched");
  await Deno.writeTextFile(run.path(id, "deno.json"), "{}");
  await Deno.remove(run.path(id, "src/main.ts"));
  await Deno.remove(run.path(id, "src/mod.ts"));
  await Deno.symlink(elsewhere, run.path(id, "src/mod.ts"));
  const told = await run.syncWiring();
  assertEquals(recordOf(told, id).written, wiring);
  assertEquals(await texts(), before);
  assertEquals((await Deno.lstat(run.path(id, "src/mod.ts"))).isFile, true);
  assertEquals(await Deno.readTextFile(elsewhere), "untouched");
  assertEquals((await run.syncWiring()).counts.updates, 0);
});

Deno.test("syncWiring() touches no agent whose genome is another one than scan recorded", async () => {
  await using run = await MadeRun.make(1);
  const [id = ""] = run.ids;
  await Deno.writeFile(run.path(id, "genome.bin"), genome(false));
  await Deno.writeTextFile(run.path(id, "src/mod.ts"), "edited");
  const told = await run.syncWiring();
  assertEquals([recordOf(told, id).ok, recordOf(told, id).issue?.code], [false, "scan.stale"]);
  assertEquals(await Deno.readTextFile(run.path(id, "src/mod.ts")), "edited");
  assertEquals(run.row(id).status, "active");
});

Deno.test("syncWiring() passes over what is disabled, and what was not asked for", async () => {
  await using run = await MadeRun.make(3);
  const [first = "", second = "", third = ""] = run.ids;
  run.edit((listing) => disable(listing, first, 1, { code: "x", message: "X." }));
  for (const id of run.ids) await Deno.writeTextFile(run.path(id, "src/mod.ts"), "edited");
  const told = await run.syncWiring([first, third]);
  assertEquals(told.records.map(({ id }) => id), [third]);
  assertEquals(await Deno.readTextFile(run.path(second, "src/mod.ts")), "edited");
});

Deno.test("syncWiring() clears up what killed steps left", async () => {
  await using run = await MadeRun.make(1);
  const [id = ""] = run.ids;
  await Deno.mkdir(`${run.paths.agents}/.tmp-x/src`, { recursive: true });
  await Deno.writeTextFile(run.path(id, "src/.tmp-1-0-mod.ts"), "half");
  await run.scan();
  const told = await run.syncWiring();
  assertEquals(recordOf(told, id).written, ["src/.tmp-1-0-mod.ts"]);
  assertEquals([...Deno.readDirSync(run.paths.agents)].map(({ name }) => name), [id]);
  assertEquals([...Deno.readDirSync(run.path(id, "src"))].filter(({ name }) => name.startsWith(".")), []);
  assertEquals((await run.syncWiring()).counts.updates, 0);
});

Deno.test("syncWiring() brings agents to a renewed template and keeps the cache of scan valid", async () => {
  await using run = await MadeRun.make(2);
  const [id = ""] = run.ids;
  await Deno.remove(`${run.template}/src/walker.ts`);
  const runner = tinyFiles["src/walker.ts"]!.replaceAll("stride", "leap");
  await Deno.writeTextFile(`${run.template}/src/runner.ts`, runner);
  await Deno.writeTextFile(`${run.template}/src/seed.ts`, tinyFiles["src/seed.ts"]!.replace("walker", "runner"));
  await run.init();
  const scanned = await run.scan();
  assertEquals(recordOf(scanned, id).ignored, ["src/walker.ts"]);
  const genomeBefore = await Deno.readFile(run.path(id, "genome.bin"));
  const told = await run.syncWiring();
  assertEquals(recordOf(told, id).written, ["src/mod.ts", "src/runner.ts", "src/seed.ts", "src/walker.ts"]);
  assertEquals(await Deno.readTextFile(run.path(id, "src/runner.ts")), runner);
  assertEquals(await Deno.readFile(run.path(id, "genome.bin")), genomeBefore);
  const row = run.row(id);
  const [{ value: pool } = {}] = run.rows("SELECT value FROM meta WHERE key = 'pool'");
  assertEquals(row.code_hash, pool);
  assertMatch(String(row.wired_from), new RegExp(`^${row.genome_hash}:${pool}:[0-9a-f]{64}$`));
  assertEquals((await run.scan()).counts.updates, 0);
  // What was written within the last second is looked at again, and has no stamp then.
  assert([row.stamp, null].includes(run.row(id).stamp as string | null));
  assertEquals((await run.syncWiring()).counts.updates, 0);
});

Deno.test("syncWiring() says where an agent's runtime lies, whatever folder it is in", async () => {
  await using run = await MadeRun.make(1);
  const manifest = await Deno.readTextFile(run.path(run.ids[0]!, "deno.json"));
  assertStringIncludes(manifest, "/lib/runtime/contract.ts");
});
