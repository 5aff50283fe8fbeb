/** Whose fault it is: faults that all agents share, and those of the machine, count against none of them. */

import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { projectRoot } from "../../lib/run/paths.ts";
import { begin, pipeline } from "../step/_run.ts";
import { countsOf, demand, Population, until } from "./_population.ts";

/** All agents are as they were: no failure counts against any. */
function assertUnharmed(run: Population, count: number): void {
  assertEquals(
    run.rows("SELECT status, crashes, backoff_until_cycle, count(*) AS n FROM agents GROUP BY 1, 2, 3"),
    [
      { status: "active", crashes: 0, backoff_until_cycle: 0, n: count },
    ].map((row) => Object.assign(Object.create(null), row)),
  );
}

Deno.test("supervise: a Deno that has gone away is the machine's fault: nothing is recorded, and the next run goes on", async () => {
  await using run = await Population.built(3);
  const folder = await Deno.makeTempDir({ dir: run.paths.root });
  const deno = `${folder}/deno`;
  await Deno.copyFile(Deno.execPath(), deno);
  const ids = run.rows<{ id: string }>("SELECT id FROM agents").map(({ id }) => `${JSON.stringify({ id })}\n`);
  const { readable, writable } = new TransformStream<Uint8Array>();
  const { ended } = begin(pipeline("supervise", "--run", run.name, "--stdin"), readable, deno);
  const writer = writable.getWriter();
  await Deno.remove(deno);
  await writer.write(new TextEncoder().encode(ids.join("")));
  await writer.close();
  const { code, records, err } = await ended;
  assertEquals([code, (records.at(-1)!.issue as { code: string } | undefined)?.code], [1, "machine.start"], err);
  assertUnharmed(run, 3);
  assertEquals(countsOf(await run.step("supervise")).finished, 3);
});

Deno.test("supervise --mode resident: a Deno that has gone away stops it, whenever that is, and no resident is left", async () => {
  await using run = await Population.built(3);
  const kept = () => run.rows("SELECT 1 FROM residents WHERE pid IS NOT NULL").length;
  const args = pipeline("supervise", "--run", run.name, "--mode", "resident", "--stdin");
  for (const isFirst of [true, false]) {
    const deno = `${run.paths.root}/deno`;
    await Deno.copyFile(Deno.execPath(), deno);
    const { readable, writable } = new TransformStream<Uint8Array>();
    const { ended, saw } = begin(args, readable, deno);
    if (isFirst) await Deno.remove(deno);
    await writable.close();
    if (!isFirst) {
      await saw("keeps 3 residents");
      await Deno.remove(deno);
      const [one] = run.rows<{ pid: number }>("SELECT pid FROM residents");
      Deno.kill(one!.pid, "SIGKILL");
    }
    const { code, records, err } = await ended;
    assertEquals([code, (records.at(-1)!.issue as { code: string } | undefined)?.code], [1, "machine.start"], err);
    assertUnharmed(run, 3);
    assertEquals([kept(), ...Deno.readDirSync(run.paths.residents)], [0]);
  }
  assertEquals(countsOf(await run.step("supervise", "--mode", "resident", "--once")).residents, 3);
  await run.step("stop");
});

Deno.test("lifecycle: limits that nothing keeps stop it, and other limits go on from there", async () => {
  await using run = await Population.built(3);
  await run.configure({ limits: { wallSeconds: 0.001 }, world: { steps: 100_000 } });
  for (const step of ["lifecycle --cycles 1", "supervise"]) {
    const ended = await run.fails(1, ...step.split(" ") as [string, ...string[]]);
    assertStringIncludes(ended.err, "limits.wallSeconds");
    assertUnharmed(run, 3);
  }
  await run.configure({});
  await run.step("lifecycle", ...until(1));
  assertEquals(run.rows("SELECT 1 FROM evaluations WHERE kind = 'judged' AND outcome = 'finished'").length, 3);
});

/** A copy of the template whose world is changed. */
async function changedTemplate(run: Population, from: string, to: string): Promise<string> {
  const folder = `${run.paths.root}/template-${crypto.randomUUID().slice(0, 8)}`;
  await Deno.mkdir(`${folder}/src`, { recursive: true });
  for (const { name } of Deno.readDirSync("agent_template/src")) {
    await Deno.copyFile(`agent_template/src/${name}`, `${folder}/src/${name}`);
  }
  const world = await Deno.readTextFile("agent_template/world.ts");
  if (!world.includes(from)) throw new Error(`world.ts has no ${from}`);
  await Deno.writeTextFile(`${folder}/world.ts`, world.replace(from, to));
  return folder;
}

Deno.test("lifecycle: a world that judges by no score stops it, and a repaired one goes on in the same cycle", async () => {
  await using run = new Population();
  await Deno.mkdir(run.paths.root, { recursive: true });
  const broken = await changedTemplate(run, "gathered - harm)", "gathered - harm) * (0 / 0)");
  await run.step("init", "--count", "3", "--seed", "7", "--template", broken);
  for (const step of ["lifecycle --cycles 1", "supervise"]) {
    const ended = await run.fails(1, ...step.split(" ") as [string, ...string[]]);
    assertMatch(ended.err, /in world\.ts:\d+: .*must give a finite score/);
    assertUnharmed(run, 3);
  }
  await run.step("init", "--template", `${projectRoot}/agent_template`);
  await run.step("lifecycle", ...until(1));
  assertEquals(
    run.rows("SELECT 1 FROM evaluations WHERE cycle = 1 AND kind = 'judged' AND outcome = 'finished'").length,
    3,
  );
});

Deno.test("lifecycle: a world that throws stops it with file and line", async () => {
  await using run = new Population();
  await Deno.mkdir(run.paths.root, { recursive: true });
  const broken = await changedTemplate(
    run,
    "export function act(field: Field, action: number): number {",
    'export function act(field: Field, action: number): number {\n  if (action >= 0) throw new Error("broken");',
  );
  const lines = (await Deno.readTextFile(`${broken}/world.ts`)).split("\n");
  const line = lines.findIndex((line) => line.includes("broken")) + 1;
  await run.step("init", "--count", "3", "--seed", "7", "--template", broken);
  const ended = await run.fails(1, "lifecycle", "--cycles", "1");
  assertStringIncludes(ended.err, `in world.ts:${line}: `);
  assertUnharmed(run, 3);
});

Deno.test("lifecycle: a world that fails over some actions alone goes on, and its record has these", async () => {
  await using run = new Population();
  await Deno.mkdir(run.paths.root, { recursive: true });
  const rare = await changedTemplate(
    run,
    "export function act(",
    'export function act(field: Field, action: number): number {\n  if (action === 3) throw new Error("rare");\n' +
      "  return updates(field, action);\n}\n\nfunction updates(",
  );
  await run.step("init", "--count", "10", "--seed", "7", "--template", rare);
  const ended = await run.step("lifecycle", ...until(1));
  const cycle = ended.records.find(({ type }) => type === "cycle.finished")! as Record<string, never>;
  const { evaluated, failed, worldFailures } = cycle as unknown as {
    evaluated: number;
    failed: { template: number };
    worldFailures: { id: string; message: string; actions: number[][] }[];
  };
  assertEquals(evaluated, 10);
  if (!(failed.template > 0 && failed.template < 10)) throw new Error(`${failed.template} of 10 met the fault`);
  for (const { message, actions } of worldFailures) {
    assertStringIncludes(message, "rare");
    assertEquals(actions.at(-1)!.at(-1), 3);
  }
  assertEquals(
    run.rows("SELECT 1 FROM agents WHERE crashes > 0 OR backoff_until_cycle > 0 OR status = 'disabled'"),
    [],
  );
});

Deno.test("select: a fitness that gives no number stops it before the cycle closes", async () => {
  await using run = await Population.built(3);
  await Deno.writeTextFile(`plugins/nan-${run.name}.ts`, "export default () => Number.NaN;\n");
  try {
    await run.configure({ fitness: { module: `plugins/nan-${run.name}.ts` } });
    const ended = demand(1, await begin(pipeline("lifecycle", "--run", run.name, "--cycles", "1")).ended);
    assertStringIncludes(ended.err, "fitness");
    assertEquals(run.rows<{ state: string }>("SELECT state FROM cycles").map(({ state }) => state), ["judged"]);
    await run.configure({});
    await run.step("lifecycle", ...until(1));
  } finally {
    await Deno.remove(`plugins/nan-${run.name}.ts`);
  }
});
