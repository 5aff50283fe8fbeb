import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { Population, shortLives, until } from "../../acceptance/_population.ts";
import { differences, stateOf } from "../../crash/_state.ts";
import type { Pool } from "../../../lib/genome/pool.ts";
import { loadCode } from "../../../lib/template/pool_sources.ts";
import { loadPool, manifestPath, storedPools, storePool } from "../../../lib/template/pool_store.ts";
import { readPool } from "../../../lib/template/read_pool.ts";
import { projectRoot } from "../../../lib/run/paths.ts";
import { copyFolder } from "../../begun.ts";
import type { Ended } from "../../step/_run.ts";

/** A run of eight agents that has come to the end of a cycle. */
async function evaluated(cycle = 1): Promise<Population> {
  return await new Population().evaluated(8, cycle);
}

/** Such a run whose template is a copy of its own by now, with a file more that nothing needs. */
async function renewed(): Promise<Population> {
  const at = (run: Population) => `${run.paths.root}/template`;
  const run = await new Population().like("8 lived 1, template renewed", async (first) => {
    await first.evaluated(8, 1);
    await copyFolder(`${projectRoot}/agent_template`, at(first));
    Deno.writeTextFileSync(`${at(first)}/src/unused.ts`, "export function unused(): number {\n  return 1;\n}\n");
    await first.step("init", "--template", at(first));
  });
  run.rows("UPDATE meta SET value = ? WHERE key = 'template'", at(run));
  return run;
}

/** What the template offered before. */
function formerPool(run: Population): Pool {
  const [former] = storedPools(run.paths).filter((hash) => hash !== run.pool().hash);
  return loadPool(run.paths, former!);
}

/** What is done to a run or to an agent's folder, and the code of what is found. */
type Damages = Readonly<Record<string, readonly [(folder: string, run: Population) => void, string]>>;

/** Damages that leave no trace when they are repaired; those of one round are done at once, each to another agent. */
const rounds: readonly Damages[] = [
  {
    "a folder is gone": [(at) => Deno.removeSync(at, { recursive: true }), "agent.missing"],
    "a genome is cut short": [(at) => Deno.truncateSync(`${at}/genome.bin`, 9), "genome.differs"],
    "a genome is gone": [(at) => Deno.removeSync(`${at}/genome.bin`), "genome.differs"],
    "a gene file is garbled": [(at) => garble(`${at}/src/rl.ts`), "code.differs"],
    "the world is gone": [(at) => Deno.removeSync(`${at}/world.ts`), "code.differs"],
    "a strange gene": [(at) => Deno.writeTextFileSync(`${at}/src/x.ts`, "x"), "code.differs"],
    "a strange file": [(at) => Deno.writeTextFileSync(`${at}/x.sh`, "x"), "agent.foreign"],
    "a link": [(at) => Deno.symlinkSync("/etc/passwd", `${at}/src/y.ts`), "agent.foreign"],
    "programs are garbled": [
      (_, { paths }) => {
        const programs = `${paths.store}/programs`;
        for (const { name } of [...Deno.readDirSync(programs)]) garble(`${programs}/${name}`);
      },
      "artifact.changed",
    ],
    "a source of the template is garbled": [(_, run) => garble(run.sourcePath("src/rl.ts")), "template.changed"],
  },
  {
    "a folder is unfinished": [
      (_, { paths }) => Deno.mkdirSync(`${paths.agents}/.tmp-x/src`, { recursive: true }),
      "leftover",
    ],
    "a file is unfinished": [(at) => Deno.writeTextFileSync(`${at}/src/.tmp-1-mod.ts`, "half"), "leftover"],
    "a stranger": [
      (_, { paths }) => Deno.mkdirSync(`${paths.agents}/00000000-0000-8000-8000-000000000000`),
      "agent.unlisted",
    ],
    "a program is unfinished": [
      (_, { paths }) => Deno.writeTextFileSync(`${paths.store}/programs/.tmp-1-x.js`, "half"),
      "leftover",
    ],
    "the run's pools are gone": [
      (_, { paths }) => Deno.removeSync(paths.template, { recursive: true }),
      "template.missing",
    ],
    "the store is gone": [(_, { paths }) => Deno.removeSync(paths.store, { recursive: true }), "artifact.missing"],
  },
  {
    "what is known of the template is garbled": [
      (_, run) => Deno.writeTextFileSync(manifest(run), "{}"),
      "template.facts",
    ],
  },
];

/** What may lie where a genome should, beside the bytes of another one. */
const inPlace: readonly ((path: string) => void | Promise<unknown>)[] = [
  (path) => Deno.truncateSync(path, 9),
  (path) => Deno.writeFileSync(path, new Uint8Array(Deno.statSync(path).size)),
  (path) => Deno.truncateSync(path, 2 ** 38),
  (path) => {
    const bytes = Deno.readFileSync(path);
    Deno.writeFileSync(path, bytes.map((byte, i) => i === 3 ? byte ^ 0x80 : byte));
  },
  (path) => {
    Deno.removeSync(path);
    Deno.mkdirSync(path);
  },
  (path) => {
    Deno.removeSync(path);
    Deno.symlinkSync("/etc/passwd", path);
  },
  (path) => {
    Deno.removeSync(path);
    Deno.symlinkSync("genome.bin", path);
  },
  (path) => {
    Deno.removeSync(path);
    return new Deno.Command("mkfifo", { args: [path] }).output();
  },
];

function garble(path: string): void {
  Deno.writeTextFileSync(path, "\nwhile (1);\n", { append: true });
}

function manifest(run: Population): string {
  return manifestPath(run.paths, run.pool().hash);
}

/** What systems leave behind. */
const left = [".DS_Store", "Thumbs.db", ".nfs01", ".x.ts.swp", "x.ts~", ".Trash-1000", "lost+found"];

/** Leaves it in every folder of the run, and in an agent's. */
function litter(run: Population, id: string): void {
  const { agents, workspace, template, store, logs } = run.paths;
  const at = `${agents}/${id}`;
  const own = [agents, at, `${at}/src`];
  const folders = [
    ...own,
    workspace,
    template,
    `${template}/pools`,
    `${template}/sources`,
    store,
    `${store}/programs`,
    logs,
  ];
  for (const folder of folders) {
    for (const name of left.slice(0, 5)) Deno.writeTextFileSync(`${folder}/${name}`, "");
    Deno.mkdirSync(`${folder}/.Trash-1000/files`, { recursive: true });
    Deno.mkdirSync(`${folder}/lost+found`);
  }
}

function codes({ records }: Ended): string[] {
  assertEquals(records.filter(({ ok, issue }) => ok === (issue !== undefined)), []);
  return [...new Set(records.slice(0, -1).map(({ code }) => String(code)))].sort();
}

Deno.test("doctor() repairs a run from its listing, which then goes on as if nothing had happened", async (test) => {
  await using whole = await evaluated(2);
  await using harmed = await evaluated();
  const sound = await harmed.step("doctor");
  assertEquals(sound.records.length, 1);
  assertMatch(sound.err, /all is well/);

  const alive = harmed.rows<{ id: string }>("SELECT id FROM agents WHERE status <> 'dead' ORDER BY ordinal");
  for (const round of rounds) {
    await test.step(Object.keys(round).join(", "), async () => {
      Object.values(round).forEach(([harm], i) =>
        harm(`${harmed.paths.agents}/${alive[i % alive.length]!.id}`, harmed)
      );
      const wanted = [...new Set(Object.values(round).map(([, code]) => code))].sort();
      const check = await harmed.fails(1, "doctor", "--check");
      assert(codes(check).length > 0);
      assertEquals(check.records.filter(({ ok }) => ok), []);
      const repaired = await harmed.step("doctor");
      assertEquals([codes(repaired), repaired.records.filter(({ ok }) => !ok)], [wanted, []]);
      assertEquals((await harmed.step("doctor", "--check")).records.length, 1);
      // What was lost of the store is made again, to be lost once more.
      await harmed.step("build");
    });
  }
  await test.step("genomes that scan has found damaged, and their agents go on at once", async () => {
    const active = harmed.rows<{ id: string }>("SELECT id FROM agents WHERE status = 'active' ORDER BY ordinal");
    for (const [i, harm] of inPlace.entries()) await harm(harmed.genomePath(active[i % active.length]!.id));
    await harmed.step("scan");
    await harmed.step("scan");
    const count = Math.min(active.length, inPlace.length);
    const disabled = harmed.rows("SELECT 1 FROM agents WHERE status = 'disabled' AND code LIKE '%.%'");
    assertEquals(disabled.length >= count, true);
    await harmed.step("doctor");
    assertEquals(harmed.rows("SELECT id, code FROM agents WHERE status = 'disabled'"), []);
  });
  await test.step("what systems leave behind is left alone", async () => {
    litter(harmed, alive[0]!.id);
    assertEquals((await harmed.step("doctor", "--check")).records.length, 1);
  });

  await harmed.step("lifecycle", ...until(2));
  assertEquals(harmed.rows("SELECT code FROM agents WHERE status = 'disabled'"), []);
  assertEquals(await harmed.status(), await whole.status());
  const rest = differences(await stateOf(whole.paths), await stateOf(harmed.paths));
  const agents = rest.filter((line) => line.startsWith("agents/") && !left.some((name) => line.includes(name)));
  assertEquals(agents, []);
});

Deno.test("doctor() repairs a newborn's folder and the programs in the store before it is born", async () => {
  await using whole = await evaluated(2);
  await using harmed = await evaluated();
  for (const step of ["scan", "sync-wiring", "build"]) await harmed.step(step);
  await harmed.step("supervise", "--isolation", "shared");
  await harmed.step("select");
  const [unborn] = harmed.rows<{ id: string }>("SELECT id FROM agents WHERE stage = 'newborn' ORDER BY ordinal");
  assert(unborn);
  Deno.removeSync(`${harmed.paths.agents}/${unborn.id}`, { recursive: true });
  Deno.removeSync(`${harmed.paths.store}/programs`, { recursive: true });
  assertEquals(codes(await harmed.step("doctor")), ["agent.missing", "artifact.missing"]);
  await harmed.step("lifecycle", ...until(2));
  assertEquals(harmed.rows("SELECT stage FROM agents WHERE id = ?", unborn.id), [{ stage: "adult" }]);
  assertEquals(await harmed.status(), await whole.status());
  const rest = differences(await stateOf(whole.paths), await stateOf(harmed.paths));
  assertEquals(rest.filter((line) => /^(agents|store)\//.test(line)), []);
});

Deno.test("doctor() leaves an edited genome to scan, and says what it can't repair", async () => {
  await using run = await evaluated();
  const [one, two] = run.rows<{ id: string }>("SELECT id FROM agents WHERE status = 'active' ORDER BY ordinal");
  run.edit(one!.id, (genome) => genome.files[0]!.active = !genome.files[0]!.active);
  const edited = Deno.readFileSync(run.genomePath(one!.id));
  Deno.writeTextFileSync(run.paths.config, "{");
  const ended = await run.fails(1, "doctor");
  assertEquals(codes(ended), ["config.syntax"]);
  assertStringIncludes(ended.err, "0 of 1 thing is repaired");
  assertEquals(Deno.readFileSync(run.genomePath(one!.id)), edited);

  await run.configure(shortLives);
  run.rows("DELETE FROM blobs WHERE hash IN (SELECT genome_hash FROM agents WHERE id = ?)", two!.id);
  assertEquals(codes(await run.step("doctor")), ["genome.lost"]);
  run.rows("UPDATE blobs SET bytes = x'00' WHERE hash IN (SELECT genome_hash FROM agents WHERE id = ?)", two!.id);
  assertEquals(codes(await run.step("doctor")), ["blob.changed", "genome.lost"]);
  await run.step("doctor", "--check");
});

Deno.test("a listing that is damaged, cut off, or gone is an error that names the backup", async () => {
  await using run = await evaluated();
  const { listing } = run.paths;
  const bytes = Deno.readFileSync(listing);
  const harms: Record<string, () => void> = {
    "listing.damaged": () => Deno.writeFileSync(listing, bytes.subarray(0, bytes.length - 40_000)),
    "listing.damaged ": () => Deno.writeTextFileSync(listing, "not a database ".repeat(1000)),
    "listing.damaged  ": () => Deno.writeFileSync(listing, bytes.map((byte, i) => i > 8192 && i < 40_000 ? 0 : byte)),
    "listing.lost": () => Deno.writeFileSync(listing, new Uint8Array()),
    "listing.lost ": () => Deno.removeSync(listing),
  };
  for (const [code, harm] of Object.entries(harms)) {
    harm();
    const ended = await run.fails(1, "doctor");
    const { issue } = ended.records.at(-1) as { issue: { code: string; message: string } };
    assertEquals(issue.code, code.trim());
    assertStringIncludes(issue.message, `deno task restore --run ${run.name} FILE`);
    const other = await run.fails(1, "scan");
    assert(["listing.damaged", "listing.lost"].includes((other.records.at(-1)!.issue as { code: string }).code));
  }
  await run.fails(1, "init", "--count", "8");
});

Deno.test("doctor() and backup() read no file of which its size alone says that it is damaged", async () => {
  await using run = await evaluated();
  const [{ id }] = run.rows<{ id: string }>("SELECT id FROM agents WHERE status = 'active' ORDER BY ordinal") as [
    { id: string },
  ];
  await run.step("build", "--dist");
  const at = `${run.paths.agents}/${id}`;
  const shared = run.sourcePath("src/rl.ts");
  const programs = [...Deno.readDirSync(`${run.paths.store}/programs`)].map(({ name }) =>
    `${run.paths.store}/programs/${name}`
  );
  const paths = [
    ...["genome.bin", "world.ts", "src/rl.ts", "src/mod.ts", "deno.json", "memory.json", "dist/main.js"]
      .map((path) => `${at}/${path}`),
    ...programs,
    manifest(run),
    shared,
  ];
  for (const path of paths) {
    if (!path.endsWith("memory.json")) assert(Deno.statSync(path).isFile, path);
    Deno.writeFileSync(path, new Uint8Array(1));
    Deno.truncateSync(path, 200 * 2 ** 30);
  }
  await run.step("doctor");
  assertEquals((await run.step("doctor", "--check")).records.length, 1);
  // A damaged program is left out of a backup, as one that is missing; a damaged template is an error.
  const source = Deno.readFileSync(shared);
  await run.step("build");
  const sources = [`${at}/genome.bin`, ...programs, shared];
  for (const path of sources) Deno.truncateSync(path, 200 * 2 ** 30);
  const failed = await run.fails(1, "backup", `${run.paths.root}/a.tar.gz`);
  assertEquals((failed.records.at(-1)!.issue as { code: string }).code, "template.changed");
  Deno.writeFileSync(shared, source);
  const file = `${run.paths.root}/b.tar.gz`;
  await run.step("backup", file);
  assert(Deno.statSync(file).size < 2 ** 26);
});

/** Keeps a run's pools as earlier versions did: a folder of all files for each, with what they offer; none had a view. */
async function keepAsBefore({ paths }: Population): Promise<void> {
  for (const hash of storedPools(paths)) {
    const { worldSource: _, view: _view, ...facts } = loadPool(paths, hash);
    const folder = `${paths.template}/${hash}`;
    Deno.mkdirSync(`${folder}/src`, { recursive: true });
    for (const { path, bytes } of await loadCode(paths, loadPool(paths, hash))) {
      Deno.writeFileSync(`${folder}/${path}`, bytes);
    }
    Deno.writeTextFileSync(`${folder}/pool.json`, `${JSON.stringify(facts, undefined, 1)}\n`);
  }
  for (const kind of ["pools", "sources"]) Deno.removeSync(`${paths.template}/${kind}`, { recursive: true });
}

Deno.test("doctor() + takes in the pools that an earlier version has kept, wherever it is killed, and no step goes on before", async () => {
  await using run = await renewed();
  const pools = storedPools(run.paths);
  const view = `${run.pool().view!.hash}.ts`;
  const sources = list(`${run.paths.template}/sources`).filter((name) => name !== view);
  const before = { status: await run.status(), sources, pools };
  assertEquals([pools.length, before.sources.length], [2, 12]);
  await using whole = await run.twin();
  await keepAsBefore(run);
  for (
    const [step, code] of [["scan", "template.former"], ["init", "template.former"], ["report", "template.missing"]]
  ) {
    const { records } = await run.fails(1, step!);
    assertEquals([step, (records.at(-1)!.issue as { code: string }).code], [step, code]);
  }
  const check = await run.fails(1, "doctor", "--check");
  assertEquals(codes(check).filter((code) => code !== "undefined"), ["template.former"]);

  // Killed between a pool's manifest and the folder's removal, and between sources and manifest of the other one.
  await storePool(run.paths, `${run.paths.template}/${pools[0]}`, await readPool(`${run.paths.template}/${pools[0]}`));
  await storePool(run.paths, `${run.paths.template}/${pools[1]}`, await readPool(`${run.paths.template}/${pools[1]}`));
  Deno.removeSync(manifestPath(run.paths, pools[1]!));
  assertEquals(codes(await run.step("doctor")), ["template.former"]);
  assertEquals((await run.step("doctor", "--check")).records.length, 1);
  assertEquals(
    { status: await run.status(), sources: list(`${run.paths.template}/sources`), pools: storedPools(run.paths) },
    before,
  );
  for (const one of [run, whole]) await one.step("lifecycle", ...until(2));
  assertEquals(await run.status(), await whole.status());
});

Deno.test("doctor() + makes a pool again that an earlier version has kept and that is damaged", async () => {
  await using run = await evaluated();
  await keepAsBefore(run);
  const [copy] = list(run.paths.template).map((name) => `${run.paths.template}/${name}`);
  garble(`${copy}/src/rl.ts`);
  Deno.removeSync(`${copy}/world.ts`);
  assertEquals(codes(await run.step("doctor")), ["template.missing"]);
  assertEquals((await run.step("doctor", "--check")).records.length, 1);
  assertEquals(list(run.paths.template), ["pools", "sources"]);
  await run.step("lifecycle", ...until(2));
});

Deno.test("doctor() + restores a former pool, garbled or gone, of which agents have the code, and the template has not", async () => {
  await using run = await renewed();
  const { view: _, ...former } = formerPool(run);
  const shared = run.sourcePath("src/rl.ts");
  const sources = list(`${run.paths.template}/sources`);
  // Both pools have it: what is made again for the one makes the other whole.
  garble(shared);
  Deno.writeTextFileSync(manifestPath(run.paths, former.hash), "{}");
  const { records } = await run.step("doctor");
  const found = records.filter(({ code }) => String(code).startsWith("template."));
  assertEquals(found.map(({ code, action }) => [code, action]), [
    ["template.changed", "it was made again from the template"],
    ["template.facts", "it was made again from an agent's code; a view.ts comes again with `deno task init`"],
  ]);
  assertEquals((await run.step("doctor", "--check")).records.length, 1);
  assertEquals(list(`${run.paths.template}/sources`), sources);
  assertEquals(loadPool(run.paths, former.hash), former);
  assertEquals(storedPools(run.paths).length, 2);

  // Agents have its code, and nothing in the store names it.
  Deno.removeSync(manifestPath(run.paths, former.hash));
  const check = await run.fails(1, "doctor", "--check");
  const missing = check.records.filter(({ code }) => String(code).startsWith("template."));
  assertEquals(missing.map(({ code, path }) => [code, path]), [[
    "template.missing",
    manifestPath(run.paths, former.hash),
  ]]);
  assertEquals(codes(await run.step("doctor")), ["template.missing"]);
  assertEquals(loadPool(run.paths, former.hash), former);
  await run.step("lifecycle", ...until(2));
  assertEquals((await run.step("doctor", "--check")).records.length, 1);
});

Deno.test("doctor() + makes no pool of code that somebody has edited", async () => {
  await using run = await evaluated();
  const { hash } = run.pool();
  const [{ id }] = run.rows<{ id: string }>("SELECT id FROM agents WHERE status = 'active' ORDER BY id") as [
    { id: string },
  ];
  Deno.writeTextFileSync(`${run.paths.agents}/${id}/src/rl.ts`, "export function other(): number {\n  return 1;\n}\n");
  await run.step("scan");
  await run.begin("doctor").ended;
  assertEquals(storedPools(run.paths), [hash]);
});

function list(folder: string): string[] {
  return [...Deno.readDirSync(folder)].map(({ name }) => name).sort();
}
