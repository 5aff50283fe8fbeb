import { assertEquals, assertStringIncludes } from "@std/assert";
import { NamedRun } from "./named_run.ts";

// Enough for several batches, so that workers are started.
const count = 300;

Deno.test("scan and sync-wiring give the same on any number of workers, and handle just what a pipe names", async () => {
  await using run = await NamedRun.make();
  assertEquals((await run.init("--count", `${count}`)).code, 0);
  const first = await run.step("scan", ["--workers", "1"]);
  const second = await run.step("scan", ["--workers", "3"]);
  assertEquals([first.code, second.code, first.records.length], [0, 0, count + 1]);
  assertEquals(first.records.slice(0, -1), second.records.slice(0, -1));
  assertStringIncludes(second.stderr, "nothing to do");

  const [broken, edited, passed] = first.records.map(({ id }) => String(id));
  await Deno.writeFile(`${run.paths.agents}/${broken}/genome.bin`, new Uint8Array([0xc1]));
  for (const id of [edited, passed]) await Deno.writeTextFile(`${run.paths.agents}/${id}/src/mod.ts`, "");
  const third = await run.step("scan", ["--workers", "2"]);
  assertEquals(third.records.filter(({ id, ok }) => id !== null && !ok).map(({ id }) => id), [broken]);
  assertEquals(third.code, 0);

  const piped = third.stdout.split("\n").filter((line) => line.includes(broken!) || line.includes(edited!)).join("\n");
  const wired = await run.step("sync-wiring", ["--stdin"], piped);
  assertEquals([wired.code, wired.stderr], [0, ""]);
  assertEquals(wired.records.slice(0, -1).map(({ id, written }) => [id, written]), [[edited, ["src/mod.ts"]]]);
  const rest = await run.step("sync-wiring", ["--workers", "2"]);
  assertEquals(rest.records.filter(({ changed }) => changed).map(({ id }) => id), [passed]);
  const none = await run.step("sync-wiring", ["--workers", "2"]);
  assertStringIncludes(none.stderr, "nothing to do");
});

for (const step of ["scan", "sync-wiring"]) {
  Deno.test(`${step}: without a listing fails and says to run init`, async () => {
    await using run = await NamedRun.make();
    const { code, stderr } = await run.step(step);
    assertEquals(code, 1);
    assertStringIncludes(stderr, "deno task init");
  });

  Deno.test(`${step} --stdin: a bad line is misuse, and nothing is done`, async () => {
    await using run = await NamedRun.make();
    await run.init("--count", "1");
    const { code, stderr, records } = await run.step(step, ["--stdin"], "{}\nnonsense\n");
    assertEquals([code, records.length], [2, 1]);
    assertStringIncludes(stderr, "line");
    assertEquals(run.rows("SELECT * FROM cycles"), []);
  });
}

Deno.test("scan --stdin: an unknown agent is reported and passed over", async () => {
  await using run = await NamedRun.make();
  await run.init("--count", "1");
  const id = "00000000-0000-8000-8000-000000000000";
  const { code, records } = await run.step("scan", ["--stdin"], `${JSON.stringify({ type: "x", id, ok: true })}\n`);
  assertEquals([code, records[0]?.id, records[0]?.ok], [0, id, false]);
});
