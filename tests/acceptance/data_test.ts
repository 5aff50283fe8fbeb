import { assert, assertEquals, assertNotEquals, assertStringIncludes } from "@std/assert";
import { projectRoot } from "../../lib/run/paths.ts";
import { programPath } from "../../lib/signing/store.ts";
import { copyFolder } from "../begun.ts";
import { Population } from "./_population.ts";

const template = `${projectRoot}/tests/acceptance/instances`;

/** Calls with a copy of the template that may be changed. */
async function withCopy(use: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "evolve-data-" });
  try {
    await copyFolder(template, `${folder}/template`);
    await use(`${folder}/template`);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function built(count = 2): Promise<Population> {
  return await new Population().like(`${count} with data built`, async (run) => {
    await run.made(count, "--template", template);
    for (const step of ["scan", "sync-wiring", "build"]) await run.step(step);
  });
}

interface Outcome {
  readonly outcome: string;
  readonly scores: string;
}

function outcomes(run: Population): Outcome[] {
  return run.rows<Outcome>(
    "SELECT agent, outcome, scores FROM evaluations WHERE kind = 'judged' ORDER BY cycle, agent",
  );
}

/** The path of the program by which processes are given the data. */
function dataProgram(run: Population): string {
  const [row] = run.rows<{ artifact: string }>("SELECT artifact FROM statements WHERE genome LIKE 'data:%'");
  return programPath(run.paths.store, row!.artifact);
}

Deno.test("init says what data costs an evaluation in each isolation, and records it", async () => {
  await using run = new Population();
  const { err } = await run.step("init", "--count", "1", "--seed", "7", "--template", template);
  const told = /costs an evaluation \d+ ms and \d+ MiB in process and bwrap, and [\d.]+ ms and \d+ MiB in wasm/;
  assert(told.test(err), err);
  assert(!err.includes("warning"), err);
  const [row] = run.rows<{ value: string }>("SELECT value FROM meta WHERE key LIKE 'data:%'");
  const { ms, memoryMiB } = JSON.parse(row!.value);
  assert(ms >= 0 && memoryMiB >= 0, row!.value);
});

Deno.test("init warns of data that is loaded for each evaluation, and refuses data that can't be read", async () => {
  await withCopy(async (folder) => {
    await Deno.writeTextFile(`${folder}/data/more.txt`, "x".repeat(1024 * 1024));
    await using run = new Population();
    const { err } = await run.step("init", "--count", "1", "--seed", "7", "--template", folder);
    assertStringIncludes(err, "warning: data of more than 1 MiB");
    await Deno.writeTextFile(`${folder}/data/more.csv`, "a,b\n1,2\n3\n");
    await Deno.remove(`${folder}/data/more.txt`);
    const refused = await run.fails(2, "init", "--template", folder);
    assertStringIncludes(refused.err, `${folder}/data/more.csv:3`);
  });
});

Deno.test("residents evaluate with the data as processes of their own do", async () => {
  await using single = await built(3);
  await using resident = await built(3);
  const both = (step: string) => Promise.all([single.step(step), resident.step(step)]);
  const resided = ["--mode", "resident", "--once"];
  for (const cycle of [1, 2]) {
    // In the second cycle another supervisor adopts them, and is not sure what they have.
    if (cycle === 2) { for (const step of ["select", "scan", "sync-wiring", "build"]) await both(step); }
    await single.step("supervise");
    await resident.step("supervise", ...resided);
    assertEquals(outcomes(resident), outcomes(single));
    assert(outcomes(resident).length > 3 * (cycle - 1), JSON.stringify(outcomes(resident)));
    assert(outcomes(resident).every(({ outcome }) => outcome === "finished"));
  }
  await resident.step("stop");
});

Deno.test("an evaluation has all of its limits left, however much data there is", async () => {
  await withCopy(async (folder) => {
    const rows = Array.from({ length: 60_000 }, (_, i) => `${i / 7},${i / 3}`);
    await Deno.writeTextFile(`${folder}/data/much.csv`, `a,b\n${rows.join("\n")}\n`);
    const kinds: string[] = [];
    await using first = new Population();
    await first.step("init", "--count", "2", "--seed", "7", "--template", folder);
    // The table alone takes more in an engine than this.
    await first.configure({ limits: { memoryMiB: 16, cpuSeconds: 4 } });
    for (const step of ["scan", "sync-wiring", "build"]) await first.step(step);
    for (const isolation of ["process", "shared", "wasm"]) {
      await using run = await first.twin();
      await run.step("supervise", "--isolation", isolation);
      kinds.push(JSON.stringify(outcomes(run)));
    }
    assertEquals(new Set(kinds).size, 1, kinds.join("\n"));
    assert(!kinds[0]!.includes('"outcome":"memory"') && kinds[0]!.includes("finished"), kinds[0]);
  });
});

Deno.test("a world that writes to its data fails, and nothing is recorded", async () => {
  await withCopy(async (folder) => {
    const world = await Deno.readTextFile(`${folder}/world.ts`);
    const writing = world.replace("const isLong", "(notes as { weight: number }[])[0]!.weight = 0;\n  const isLong");
    await Deno.writeTextFile(`${folder}/world.ts`, writing);
    await using run = await Population.make(1, "--template", folder);
    for (const step of ["scan", "sync-wiring", "build"]) await run.step(step);
    for (const isolation of ["process", "shared", "wasm"]) {
      const { err } = await run.fails(1, "supervise", "--isolation", isolation);
      assertStringIncludes(err, "world.ts#begin threw a TypeError");
    }
  });
});

Deno.test("changed data is another world: agents are judged anew, and keep their code", async () => {
  await withCopy(async (folder) => {
    await using run = await Population.make(2, "--template", folder);
    await run.step("lifecycle", "--cycles", "1", "--sleep", "0");
    const [before] = run.rows<{ value: string }>("SELECT value FROM meta WHERE key = 'pool'");
    await Deno.writeTextFile(`${folder}/data/words.txt`, "others");
    await run.step("init", "--template", folder);
    await run.step("lifecycle", "--cycles", "1", "--sleep", "0");
    const [after] = run.rows<{ value: string }>("SELECT value FROM meta WHERE key = 'pool'");
    assertNotEquals(after!.value, before!.value);
    const conditions = run.rows("SELECT DISTINCT conditions FROM evaluations WHERE kind = 'judged'");
    assertEquals(conditions.length, 2);
    assertEquals(run.rows("SELECT id FROM agents WHERE status = 'disabled'"), []);
    // By its tokens the code is that of the template, whose hash has the data in it.
    const [agent] = run.rows<{ id: string }>("SELECT id FROM agents WHERE status = 'active' ORDER BY ordinal");
    const path = `${run.paths.agents}/${agent!.id}/world.ts`;
    await Deno.writeTextFile(path, `// A comment.\n${await Deno.readTextFile(path)}`);
    await run.step("scan");
    assertEquals(run.rows("SELECT id FROM agents WHERE status = 'disabled'"), []);
  });
});

Deno.test("damaged data is found: what processes are given, and the run's copy of the files", async () => {
  await using run = await built();
  const path = dataProgram(run);
  await Deno.writeTextFile(path, '{"data":{}}');
  assertStringIncludes((await run.fails(1, "supervise")).err, "there must be signed data of this world");
  await run.step("build");
  await run.step("supervise");
  assertEquals(outcomes(run).map(({ outcome }) => outcome), ["finished", "finished"]);
  const copy = run.sourcePath("data/words.txt");
  await Deno.remove(dataProgram(run));
  await Deno.writeTextFile(copy, "others");
  assertStringIncludes((await run.fails(1, "build")).err, "is not the one that was audited");
  const { records } = await run.begin("doctor").ended;
  const codes = records.map(({ issue }) => (issue as { code?: string } | undefined)?.code);
  assert(codes.includes("template.changed"), codes.join(" "));
  await run.step("init", "--template", template);
  assertEquals(await Deno.readTextFile(copy), await Deno.readTextFile(`${template}/data/words.txt`));
  await run.step("build");
});

Deno.test("a backup has the data, and a restored run goes on", async () => {
  await using run = await built();
  const file = `${await Deno.makeTempDir({ prefix: "evolve-data-" })}/run.tar.gz`;
  try {
    await run.step("backup", file);
    await using other = new Population();
    await other.step("restore", file);
    await other.step("lifecycle", "--cycles", "1", "--sleep", "0");
    assert(outcomes(other).every(({ outcome }) => outcome === "finished"));
  } finally {
    await Deno.remove(file).catch(() => {});
  }
});

Deno.test("answers are given by a judge that has the data", async () => {
  await using run = await built(1);
  await run.step("supervise");
  await run.step("select");
  const { records } = await run.step("answers");
  const found = records.filter(({ type }) => type === "agent.answer") as unknown as {
    readonly instance: number;
    readonly answer: { readonly instance: number; readonly isLong: boolean };
  }[];
  assertEquals(found.length, 3);
  for (const { instance, answer } of found) assertEquals(answer, { ...answer, instance, isLong: instance > 4 });
});
