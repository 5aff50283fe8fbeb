import { assert, assertEquals, assertNotEquals, assertStringIncludes } from "@std/assert";
import { sha256 } from "../../lib/util/hash.ts";
import { projectRoot } from "../../lib/run/paths.ts";
import { pipeline } from "../step/_run.ts";
import { countsOf, fileOf, type Member, Population, recordOf } from "./_population.ts";

const cycle = ["scan", "sync-wiring", "build", "supervise", "select", "supervise", "hooks", "report"];
/** How agents are kept apart changes nothing here: this way is the quickest. */
const quick = ["--isolation", "shared"];
const flags: Readonly<Record<string, string[]>> = { supervise: quick, report: ["--format", "ndjson"] };
const repeatable = ["scan", "sync-wiring", "build", "supervise", "select", "hooks"];

Deno.test("no step but supervise changes a genome, and supervise stores what an episode returned", async () => {
  await using run = await Population.make(6);
  let changes = 0;
  for (let number = 1; number <= 2; number++) {
    for (const step of cycle) {
      const before = await genomes(run);
      await run.step(step, ...flags[step] ?? []);
      const after = await genomes(run);
      for (const [id, hash] of before) {
        if (!after.has(id)) assertEquals(step, "select", `${step} removed ${id}`);
        else if (after.get(id) !== hash) {
          assertEquals(step, "supervise");
          assertReturned(run, id, hash, after.get(id)!);
          changes++;
        }
      }
      if (step !== "select") assertEquals(after.size, before.size);
    }
    for (const { id, genomeHash } of (await run.status()).filter(({ status }) => status !== "dead")) {
      assertEquals((await genomes(run)).get(id), genomeHash);
    }
  }
  assert(changes > 0);
  // What episodes returned is what was stored: none is lost.
  const returned =
    run.rows<{ n: number }>("SELECT count(*) AS n FROM evaluations WHERE genome_after IS NOT NULL")[0]!.n;
  assertEquals(returned, changes);
});

Deno.test("a step that is run again changes nothing, and says so", async () => {
  await using run = await Population.make(6);
  for (const step of cycle) {
    await run.step(step, ...flags[step] ?? []);
    if (!repeatable.includes(step)) continue;
    const before = await everything(run);
    const again = await run.step(step, ...flags[step] ?? []);
    assertStringIncludes(again.err, `${step}: nothing to do.`);
    assertEquals([step, countsOf(again).updates], [step, 0]);
    assertEquals(await everything(run), before);
  }
  const done = await run.step("lifecycle", "--until", "1");
  assertStringIncludes(done.err, "lifecycle: nothing to do.");
  const early = await run.step("select");
  assertStringIncludes(early.err, "select: nothing to do.");
});

Deno.test("select refuses while episodes are due, and says how many", async () => {
  await using run = await Population.make(6);
  await run.step("scan");
  const { err } = await run.fails(1, "select");
  assertStringIncludes(err, `6 agents are still without one; run \`deno task supervise --run ${run.name}\` first`);
});

Deno.test("a step that has been skipped is named by those after it, and disables none", async () => {
  await using run = await Population.built(2);
  const [{ id }] = await run.status() as [Member];
  const file = run.pool().files.find(({ parameters }) => parameters.length > 0)!;
  const { name, min, max } = file.parameters[0]!;
  run.edit(id, (genome) => fileOf(genome, file.path).parameters[name] = min + 0.123 * (max - min));
  const stale = async (step: string, told: string) => {
    const ended = await run.step(step);
    assertStringIncludes(recordOf(ended, id).issue!.message, told);
    assertStringIncludes(ended.err, `${step}: nothing done; 1 must go through another step first`);
  };
  // A genome that nobody has scanned is nobody's business yet but that of sync-wiring, which reads it.
  assertStringIncludes((await run.step("build")).err, "nothing to do");
  await run.step("scan");
  await stale("build", `run \`deno task sync-wiring --run ${run.name}\` first`);
  run.edit(id, (genome) => fileOf(genome, file.path).parameters[name] = min + 0.321 * (max - min));
  await stale("sync-wiring", `run \`deno task scan --run ${run.name}\` first`);
  assertEquals((await run.status()).map(({ status }) => status), ["active", "active"]);
});

Deno.test("a pipe of scan, sync-wiring and build builds just those that changed", async () => {
  await using run = await Population.make(6);
  await run.step("lifecycle", "--cycles", "1", ...quick);
  for (const step of ["scan", "sync-wiring", "build"]) await run.step(step);
  const before = await run.status();
  const [one, two] = before.filter(({ status }) => status === "active").map(({ id }) => id);
  const file = run.pool().files.find(({ parameters }) => parameters.length > 0)!;
  const { name, min, max } = file.parameters[0]!;
  for (const id of [one!, two!]) {
    run.edit(id, (genome) => fileOf(genome, file.path).parameters[name] = min + 0.123 * (max - min));
  }

  const changed = (line: string) => line !== "" && JSON.parse(line).changed === true;
  const scan = start(run, "scan");
  const wire = start(run, "sync-wiring", "--stdin");
  const build = start(run, "build", "--stdin");
  const [, , built] = await Promise.all([
    pass(scan, wire, changed),
    pass(wire, build, () => true),
    new Response(build.stdout).text(),
  ]);
  for (const child of [scan, wire, build]) assertEquals((await child.status).code, 0);

  const records = built.trimEnd().split("\n").map((line) => JSON.parse(line));
  assertEquals(records.slice(0, -1).map(({ type, id, ok }) => [type, id, ok]), [
    ["agent.built", one, true],
    ["agent.built", two, true],
  ]);
  for (const [i, member] of (await run.status()).entries()) {
    if (member.id === one || member.id === two) {
      assertNotEquals(member.genomeHash, before[i]!.genomeHash);
      assertEquals([member.score, member.scoredGenomeHash], [null, null], "a score belongs to a genome");
    } else assertEquals(member, before[i]);
  }
  assertEquals(recordOf(await run.step("scan"), one!).changed, false);
});

function start(run: Population, step: string, ...flags: string[]): Deno.ChildProcess {
  return new Deno.Command(Deno.execPath(), {
    args: pipeline(step, "--run", run.name, ...flags),
    cwd: projectRoot,
    stdin: flags.includes("--stdin") ? "piped" : "null",
    stdout: "piped",
    stderr: "null",
  }).spawn();
}

/** Passes lines on from one step to the next one, as `jq -c 'select(…)'` does. */
async function pass(from: Deno.ChildProcess, to: Deno.ChildProcess, wanted: (line: string) => boolean): Promise<void> {
  const lines = (await new Response(from.stdout).text()).split("\n").filter(wanted);
  const writer = to.stdin.getWriter();
  await writer.write(new TextEncoder().encode(lines.map((line) => `${line}\n`).join("")));
  await writer.close();
}

/** The hash of each genome on disk. */
async function genomes(run: Population): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const { name } of Deno.readDirSync(run.paths.agents)) {
    found.set(name, await sha256(Deno.readFileSync(run.genomePath(name))));
  }
  return found;
}

function assertReturned(run: Population, id: string, before: string, after: string): void {
  const rows = run.rows(
    "SELECT 1 FROM evaluations WHERE agent = ? AND genome_hash = ? AND genome_after = ?",
    id,
    before,
    after,
  );
  assertEquals(rows.length, 1, `${id} has ${after}, which no episode returned`);
}

/** All that lies in the agents' folders, and all that the listing holds but where the time went and what scan caches. */
async function everything(run: Population): Promise<unknown> {
  const files: Record<string, string> = {};
  for (const { name: id } of Deno.readDirSync(run.paths.agents)) {
    for (const below of ["", "src/", "dist/"]) {
      for await (const { name, isFile } of Deno.readDir(`${run.paths.agents}/${id}/${below}`)) {
        const path = `${id}/${below}${name}`;
        if (isFile) files[path] = await sha256(Deno.readFileSync(`${run.paths.agents}/${path}`));
      }
    }
  }
  const names = run.rows<{ name: string }>(
    "SELECT name FROM sqlite_schema WHERE type = 'table' AND name != 'step_runs'",
  );
  const tables = names.map(({ name }) => [name, run.rows(`SELECT * FROM ${name}`).map(({ stamp: _, ...row }) => row)]);
  return { files, tables };
}
