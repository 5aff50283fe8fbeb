import { assert, assertEquals, assertMatch, assertStringIncludes, assertThrows } from "@std/assert";
import { tinyFiles } from "../agents/made_run.ts";
import { NamedRun } from "./named_run.ts";

// Enough for several batches, so that workers are started.
const count = 120;
const agents = `SELECT ordinal, id, status, kind, stage, generation, born, parents, genome_hash, code_hash, genome_ok,
  wired_from, build_key, metrics, energy FROM agents ORDER BY ordinal`;
const events = "SELECT cycle, type, agent, data FROM events ORDER BY id";
const meta = "SELECT * FROM meta WHERE key <> 'template' ORDER BY key";

Deno.test("init: the same seed makes the same files and rows, whatever the workers and the run's name", async () => {
  await using one = await NamedRun.make();
  await using many = await NamedRun.make();
  const [first, second] = await Promise.all([
    one.init("--count", `${count}`, "--workers", "1"),
    many.init("--count", `${count}`, "--workers", "3"),
  ]);
  assertEquals([first.code, second.code], [0, 0], first.stderr + second.stderr);
  assertEquals(first.records.slice(0, -1), second.records.slice(0, -1));
  assertEquals(await one.tree(), await many.tree());
  for (const query of [agents, events, meta]) assertEquals(one.rows(query), many.rows(query));
});

Deno.test("init: killed in the middle goes on to the same population", async () => {
  await using whole = await NamedRun.make();
  await using killed = await NamedRun.make();
  const flags = ["--template", killed.template, "--seed", "7", "--count", `${count}`];
  const child = killed.start("init", ...flags);
  const reader = child.stdout.getReader();
  await reader.read();
  child.kill("SIGKILL");
  while (!(await reader.read()).done);
  await child.stdin.close().catch(() => {});
  await child.stderr.cancel();
  const { signal } = await child.status;
  const listed = killed.rows(agents).length;
  assert(signal === "SIGKILL" ? listed >= 50 : listed === count);
  const resumed = await killed.init();
  assertEquals(resumed.code, 0, resumed.stderr);
  assertEquals(resumed.records.length - 1, count - listed);
  assertEquals((await whole.init("--count", `${count}`)).code, 0);
  assertEquals(await killed.tree(), await whole.tree());
  assertEquals(killed.rows(agents), whole.rows(agents));
  assertEquals([...Deno.readDirSync(killed.paths.agents)].filter(({ name }) => name.startsWith(".")), []);
});

const templates: readonly (readonly [string, Record<string, string | null>, RegExp])[] = [
  ["a syntax error", { "src/walker.ts": "export function stride( {\n" }, /src\/walker\.ts:\d/],
  ["no world", { "world.ts": null }, /world\.ts/],
  ["no genes", { "src/walker.ts": null, "src/seed.ts": null }, /src/],
  ["two functions of one name", { "src/twin.ts": tinyFiles["src/walker.ts"]! }, /walker\.ts:\d|twin\.ts:\d/],
  ["code that the audit refuses", { "src/walker.ts": 'import x from "/etc/passwd";\n' }, /src\/walker\.ts:1/],
];

for (const [what, changes, place] of templates) {
  Deno.test(`init: a template with ${what} is misuse and leaves nothing behind`, async () => {
    await using run = await NamedRun.make(changes);
    const { code, stderr, records } = await run.init();
    assertEquals(code, 2, stderr);
    assertMatch(stderr, place);
    assert(!stderr.includes("    at "), "no stack trace is shown");
    assertEquals(records.at(-1)?.ok, false);
    assertThrows(() => Deno.lstatSync(run.paths.workspace), Deno.errors.NotFound);
  });
}

const flags: readonly (readonly [readonly string[], string])[] = [
  [["--count", "0"], "from 1 to 1000000"],
  [["--count", "1000001"], "from 1 to 1000000"],
  [["--count", "many"], "whole number"],
  [["--active", "1.5"], "from 0 to 1"],
  [["--seed", "a b"], "letters, digits"],
  [["--cuont", "1"], "--count"],
];

for (const [given, expected] of flags) {
  Deno.test(`init ${given.join(" ")} is misuse`, async () => {
    await using run = await NamedRun.make();
    const { code, stderr } = await run.step("init", given);
    assertEquals(code, 2);
    assertStringIncludes(stderr, expected);
  });
}

Deno.test("init: a template that is no folder is misuse", async () => {
  await using run = await NamedRun.make();
  const { code, stderr } = await run.step("init", ["--template", `${run.template}/nowhere`]);
  assertEquals(code, 2);
  assertStringIncludes(stderr, "nowhere");
});

Deno.test("init: a second run says that there is nothing to do", async () => {
  await using run = await NamedRun.make();
  await run.init("--count", "2");
  const { code, stderr, records } = await run.init("--count", "2");
  assertEquals([code, records.length, (records[0]?.counts as Record<string, number>).updates], [0, 1, 0]);
  assertStringIncludes(stderr, "nothing to do");
});
