/** What `init` demands of a template before it takes it, and what becomes of a pool that was taken once. */

import { assertEquals, assertMatch, assertRejects, assertStringIncludes } from "@std/assert";
import { runtimeHash } from "../../lib/wiring/runtime_hash.ts";
import { admissionConditions, recordAdmission } from "../../lib/toolchain/admission.ts";
import { Listing } from "../../lib/db/listing.ts";
import { sha256 } from "../../lib/util/hash.ts";
import { sourcePath } from "../../lib/template/pool_sources.ts";
import { manifestPath, manifestText } from "../../lib/template/pool_store.ts";
import { readPool } from "../../lib/template/read_pool.ts";
import { demand, fileOf, Population } from "./_population.ts";

async function template(change: (folder: string) => void): Promise<string> {
  const folder = await Deno.makeTempDir({ prefix: "evolve-template-" });
  await new Deno.Command("cp", { args: ["-r", "agent_template/.", folder] }).output();
  // Versions before had no views.
  await Deno.remove(`${folder}/view.ts`);
  change(folder);
  return folder;
}

const typo = '\nfunction typo(): number { return "x"; }\n';
const append = (file: string, text: string) => (folder: string) =>
  Deno.writeTextFileSync(`${folder}/${file}`, text, { append: true });

/** Has `init` refuse a template with a fault in this file, which it names with the line. */
async function refused(run: Population, file: string): Promise<void> {
  const folder = await template(append(file, typo));
  const line = (await Deno.readTextFile(`${folder}/${file}`)).split("\n").length - 1;
  const ended = await run.fails(2, "init", "--count", "3", "--template", folder);
  assertStringIncludes(ended.err, `${file}:${line}: TS2322`);
  assertEquals(ended.records.map(({ type }) => type), ["step.finished"]);
}

Deno.test("init refuses a template whose world does not check, with file and line, and makes nothing", async () => {
  await using run = new Population();
  await refused(run, "world.ts");
  await assertRejects(() => Deno.lstat(run.paths.root), Deno.errors.NotFound);
});

Deno.test("init tells all that is wrong with a template: to scripts in the record, to people a line each", async () => {
  const faults: [string, (at: number) => string][] = [
    ["audit.top", (at) => `let x${at} = 1;\n`],
    ["template.type", (at) => `function typo${at}(): number { return "x"; }\n`],
  ];
  for (const [code, fault] of faults) {
    await using run = new Population();
    const count = 30;
    const folder = await template(
      append("src/rl.ts", `\n${Array.from({ length: count }, (_, at) => fault(at)).join("")}`),
    );
    const { records, err } = await run.fails(2, "init", "--count", "3", "--template", folder);
    const { message, findings } = records.at(-1)!.issue as {
      message: string;
      findings: { code: string; path: string; message: string }[];
    };
    assertStringIncludes(message, `(and ${count - 1} more)`);
    const last = (await Deno.readTextFile(`${folder}/src/rl.ts`)).split("\n").length - 1;
    const places = Array.from({ length: count }, (_, at) => `${folder}/src/rl.ts:${last - count + 1 + at}`);
    assertEquals(findings.map(({ path }) => path), places);
    assertEquals(new Set(findings.map((one) => one.code)).size, 1, code);
    assertEquals(err.split("\n").filter((line) => line.includes("src/rl.ts:")).length, 21);
    assertStringIncludes(err, "9 more; --format ndjson has them all.");
  }
});

Deno.test("init refuses one whose gene does not check, leaves what was there before, and no more", async () => {
  await using run = new Population();
  await Deno.mkdir(run.paths.workspace, { recursive: true });
  await Deno.writeTextFile(run.paths.config, "{}");
  await refused(run, "src/rl.ts");
  assertEquals([...Deno.readDirSync(run.paths.root)].map(({ name }) => name), ["workspace"]);
  assertEquals([...Deno.readDirSync(run.paths.workspace)].map(({ name }) => name), ["config.json"]);
});

Deno.test("init: one that waits for another, which is refused, makes the run", async () => {
  await using run = new Population();
  const faulty = await template(append("world.ts", typo));
  const refused = run.begin("init", "--count", "3", "--template", faulty);
  const others = [1, 2].map(() => run.begin("init", "--count", "3", "--seed", "7"));
  assertEquals((await refused.ended).code, 2);
  for (const other of others) demand(0, await other.ended);
  assertEquals(run.rows("SELECT 1 FROM agents").length, 3);
});

Deno.test("init: a faulty template changes nothing of a run that there is, which goes on", async () => {
  await using run = await Population.built(3);
  const before = run.rows("SELECT key, value FROM meta ORDER BY key");
  await run.fails(2, "init", "--template", await template(append("world.ts", typo)));
  assertEquals(run.rows("SELECT key, value FROM meta ORDER BY key"), before);
  for (const step of ["scan", "sync-wiring", "build", "supervise"]) await run.step(step);
  assertEquals(run.rows("SELECT 1 FROM evaluations WHERE outcome = 'finished'").length, 3);
});

Deno.test("init checks a pool once", async () => {
  await using run = await Population.make(3);
  const { records } = await run.step("init", "--count", "4");
  assertEquals((records.at(-1)!.stages as Record<string, unknown>).check, undefined);
});

Deno.test("build: a pool that was admitted by another version and does not check any more stops it, and disables none", async () => {
  await using run = await Population.make(3);
  const folder = await template(append("src/rl.ts", typo));
  const { hash } = await readPool(folder);
  const conditions = await admissionConditions(await runtimeHash());
  {
    using listing = Listing.open(run.paths.listing);
    recordAdmission(listing, hash, conditions);
  }
  await run.step("init", "--template", folder);
  run.rows("UPDATE meta SET value = 'another' WHERE key = ?", `admitted:${hash}`);
  for (const step of ["scan", "sync-wiring"]) await run.step(step);
  for (let i = 0; i < 2; i++) {
    const ended = await run.fails(1, "build");
    assertMatch(ended.err, /not so for this version: src\/rl\.ts:\d+: TS2322/);
    assertEquals((ended.records.at(-1)!.issue as { code: string }).code, "pool.outdated");
  }
  assertEquals(run.rows("SELECT status, count(*) AS n FROM agents GROUP BY 1").map((row) => ({ ...row })), [
    { status: "active", n: 3 },
  ]);
});

Deno.test("build: each change of contract, audit or tools has an admitted pool looked into once, and what is not passed over stops it", async () => {
  await using run = await Population.built(3);
  const key = run.rows<{ key: string; value: string }>("SELECT key, value FROM meta WHERE key LIKE 'admitted:%'")[0]!;
  const [runtime, audit, ...tools] = key.value.split(" ") as [string, string, ...string[]];
  for (const former of [["x", audit, ...tools], [runtime, "x", ...tools], [runtime, audit, "x"]]) {
    run.rows("UPDATE meta SET value = ? WHERE key = ?", former.join(" "), key.key);
    await run.step("build");
    assertEquals(run.rows("SELECT value FROM meta WHERE key = ?", key.key).map((row) => row.value), [key.value]);
  }
  const pool = run.pool();
  const world = `${await Deno.readTextFile(run.sourcePath("world.ts"))}export const stranger = Deno.pid;\n`;
  const worldSource = await sha256(world);
  await Deno.writeTextFile(sourcePath(run.paths, worldSource), world);
  await Deno.writeTextFile(manifestPath(run.paths, pool.hash), manifestText({ ...pool, worldSource }));
  run.rows("UPDATE meta SET value = ? WHERE key = ?", [runtime, "x", ...tools].join(" "), key.key);
  const ended = await run.fails(1, "build");
  assertEquals((ended.records.at(-1)!.issue as { code: string }).code, "pool.outdated");
});

Deno.test("build does not check a pool again that init has admitted", async () => {
  await using run = await Population.make(3);
  for (const step of ["scan", "sync-wiring"]) await run.step(step);
  const { records } = await run.step("build");
  assertEquals((records.at(-1)!.stages as Record<string, unknown>).check, undefined);
});

Deno.test("build: in a run of before, a file that does not load disables those alone in which it is active", async () => {
  await using run = new Population();
  const folder = await template((to) =>
    Deno.writeTextFileSync(
      `${to}/src/odd.ts`,
      'import type { GeneContext } from "evolve/contract";\n\nconst none = null as unknown as { readonly x: number };\nconst taken = none.x;\n\n' +
        '/** @phase learn */\nexport function odd(context: GeneContext): void {\n  context.remember("odd", taken);\n}\n',
    )
  );
  const { hash } = await readPool(folder);
  await Deno.mkdir(run.paths.workspace, { recursive: true });
  {
    using listing = Listing.open(run.paths.listing, { create: true });
    recordAdmission(listing, hash, await admissionConditions(await runtimeHash()));
  }
  await run.step("init", "--count", "6", "--seed", "7", "--template", folder);
  run.rows("DELETE FROM meta WHERE key LIKE 'admitted:%'");
  for (const step of ["scan", "sync-wiring", "build"]) await run.step(step);
  const states = (await run.status()).map(({ id, status, reason }) => {
    const file = fileOf(run.genome(id), "src/odd.ts");
    return { isActive: file.active && file.functions.odd === true, isDisabled: status === "disabled", reason };
  });
  for (const { isActive, isDisabled } of states) assertEquals(isDisabled, isActive);
  assertEquals(new Set(states.map(({ isDisabled }) => isDisabled)).size, 2);
});

Deno.test("build notes a pool of before as admitted also where one agent alone was to be built", async () => {
  await using run = await Population.built(3);
  run.rows("DELETE FROM meta WHERE key LIKE 'admitted:%'");
  const [{ id, hash }] = run.rows<{ id: string; hash: string }>("SELECT id, build_hash AS hash FROM agents") as [
    { id: string; hash: string },
  ];
  run.rows("DELETE FROM builds WHERE key = ?", hash);
  run.rows("UPDATE agents SET built_from = NULL WHERE id = ?", id);
  const stages = (await run.step("build")).records.at(-1)!.stages as Record<string, unknown>;
  assertEquals(stages.trial === undefined, false);
  assertEquals(run.rows("SELECT 1 FROM meta WHERE key LIKE 'admitted:%'").length, 1);
});
