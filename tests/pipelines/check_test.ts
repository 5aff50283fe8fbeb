import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { projectRoot } from "../../lib/run/paths.ts";
import { NamedRun } from "./named_run.ts";

/** Whether any evaluation was started. */
const evaluations = (made: NamedRun) => made.rows("SELECT count(*) AS n FROM evaluations")[0]!.n;

Deno.test("a chain checks configuration and modules before its first evaluation", async () => {
  await using made = await NamedRun.make();
  await made.init("--count", "2");
  const folder = `${projectRoot}/plugins`;
  const name = `plugins/check-${crypto.randomUUID()}.ts`;
  await Deno.mkdir(folder, { recursive: true });
  const cases: readonly (readonly [unknown, string, number, string?])[] = [
    [{ selection: { strategy: "plugins/missing.ts" } }, "no such module", 2],
    [{ fitness: { module: name } }, "Cannot load the module", 1, 'throw new Error("no luck");'],
    [{ fitness: { module: name } }, "default export", 2, "export default 3;"],
    [{ hooks: [{ module: "plugins/missing.ts" }] }, "Cannot use hooks.0.module", 2],
    [{ hooks: [{ command: ["true"], on: ["agent.dies"] }] }, '"agent.dies" is none of', 2],
    [{ hooks: [{ command: "true" }] }, '"hooks.0.command" must be a list', 2],
    [{ world: { environment: "nowhere" } }, 'Cannot use the environment "nowhere"', 2],
  ];
  try {
    for (const [config, told, code, program] of cases) {
      if (program !== undefined) await Deno.writeTextFile(`${projectRoot}/${name}`, program);
      await Deno.writeTextFile(made.paths.config, JSON.stringify(config));
      for (const chain of ["lifecycle", "start"]) {
        const ended = await made.step(chain, ["--cycles", "1", "--format", "ndjson"]);
        assertEquals([ended.code, evaluations(made)], [code, 0], ended.stderr);
        assertStringIncludes(ended.stderr, told);
      }
    }
  } finally {
    await Deno.remove(`${projectRoot}/${name}`).catch(() => {});
  }
  assertEquals(made.rows("SELECT count(*) AS n FROM cycles"), [{ n: 0 }], "no cycle was opened");
});

Deno.test("a chain says which keys its flags leave without effect, once", async () => {
  await using made = await NamedRun.make();
  await made.init("--count", "2");
  const config = { isolation: { verifyFraction: 0.5 }, residents: { maxRestarts: 3 }, selection: { elites: 0.2 } };
  await Deno.writeTextFile(made.paths.config, JSON.stringify(config));
  const { code, stderr } = await made.step("lifecycle", ["--cycles", "2", "--selection", "none"]);
  assertEquals(code, 0, stderr);
  for (const key of ["isolation.verifyFraction", "residents.maxRestarts", "selection.elites"]) {
    assertEquals(stderr.split(`"${key}": without effect in this call`).length - 1, 1, stderr);
  }
});

Deno.test("supervise says what has no effect, and refuses flags that leave others without", async () => {
  await using made = await NamedRun.make();
  await made.init("--count", "1");
  await Deno.writeTextFile(made.paths.config, JSON.stringify({ isolation: { verifyFraction: 0.5 } }));
  assertMatch((await made.step("supervise")).stderr, /"isolation\.verifyFraction": without effect in this call/);
  const both = await made.step("supervise", ["--workers", "2", "--concurrency", "2"]);
  assertEquals(both.code, 2);
  assertStringIncludes(both.stderr, "--workers with --concurrency");
  const resident = await made.step("lifecycle", ["--mode", "resident", "--isolation", "wasm", "--cycles", "1"]);
  assertEquals(resident.code, 2);
  assertStringIncludes(resident.stderr, "--mode resident with --isolation wasm");
});
