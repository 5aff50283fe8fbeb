import { assert, assertEquals, assertMatch, assertNotMatch, assertStringIncludes } from "@std/assert";
import { Listing } from "../../lib/db/listing.ts";
import { projectRoot } from "../../lib/run/paths.ts";
import { begin, fixture, run, TestRun } from "./_run.ts";

const probe = (...args: string[]) => run(fixture("probe_step.ts", ...args));

Deno.test("runStep() ends with a record that has counts and durations", async () => {
  await using test = new TestRun().list(0);
  const { code, records } = await probe("--run", test.name);
  assertEquals(code, 0);
  const last = records.at(-1) as { type: string; id: null; counts: object; durations: Record<string, number> };
  assertEquals([last.type, last.id, last.counts], ["step.finished", null, { updates: 1 }]);
  for (const name of ["lock", "work", "total"]) assert(last.durations[name]! >= 0);
});

Deno.test("the closing record has the version of the records, also of a step that failed", async () => {
  await using test = new TestRun().list(0);
  const done = await probe("--run", test.name), failed = await probe("--run", test.name, "--mode", "fail");
  const versions = [done, failed].map(({ records }) => [records.at(-1)!.ok, records.at(-1)!.recordsVersion]);
  assertEquals(versions, [[true, 2], [false, 2]]);
});

Deno.test("runStep(): its last record tells how much it did in a second, and how long the stages took", async () => {
  await using test = new TestRun().list(0);
  const { records } = await probe("--run", test.name, "--mode", "many");
  const last = records.at(-1) as { durations: Record<string, number>; perSecond: number; stages: unknown };
  const exact = 100_001 / last.durations.work! * 1000;
  assert(Math.abs(last.perSecond / exact - 1) < 0.01, `${last.perSecond} is not ${exact}`);
  assertEquals(last.stages, { probe: { count: 1, totalMs: 4, p50: 4, p99: 4 } });
});

Deno.test("runStep() notes the time of a step that failed, and not that of one that was called wrongly", async () => {
  await using test = new TestRun().list(0);
  assertEquals((await probe("--run", test.name, "--mode", "fail")).code, 1);
  assertEquals((await probe("--run", test.name, "--mode", "misuse")).code, 2);
  using listing = Listing.open(test.paths.listing);
  const rows = listing.all<{ step: string; wall_ms: number; counts: string }>("SELECT * FROM step_runs");
  assertEquals(rows.map(({ step, counts }) => [step, counts]), [["probe", "{}"]]);
  assert(rows[0]!.wall_ms > 0);
});

Deno.test("runStep() notes in the listing where the time went, but not if nothing was due", async () => {
  await using test = new TestRun().list(0);
  assertEquals((await probe("--run", test.name, "--mode", "idle")).err, "probe: nothing to do.\n");
  await probe("--run", test.name);
  using listing = Listing.open(test.paths.listing);
  const rows = listing.all("SELECT cycle, step, counts FROM step_runs").map((row) => ({ ...row }));
  assertEquals(rows.map(({ cycle, step }) => [cycle, step]), [[0, "probe"]]);
  const { perSecond, ...told } = JSON.parse(String(rows[0]!.counts));
  assert(perSecond > 0);
  const { buckets, ...probed } = told.stages.probe;
  assertEquals([told.updates, probed, buckets[1]], [1, { count: 1, total: 4, min: 4, max: 4 }, 1]);
});

Deno.test("runStep(): a failure is shown in one line and by its exit code, without a stack trace", async () => {
  await using test = new TestRun().list(0);
  const cases: [string, number, string, string][] = [
    ["fail", 1, "probe.failed", "probe: It could not be. (a/b)\n"],
    ["misuse", 2, "probe.misused", "probe: It must not be.\n"],
    ["throw", 1, "internal", "nobody thought of this"],
    ["reject", 1, "internal", "nobody waited for this"],
  ];
  await Promise.all(cases.map(async ([mode, wanted, issue, text]) => {
    const { code, err, records } = await probe("--run", test.name, "--mode", mode);
    assertEquals([mode, code], [mode, wanted]);
    assertStringIncludes(err, text);
    assertNotMatch(err, /\n +at /);
    const last = records.at(-1) as { type: string; ok: boolean; issue: { code: string } };
    assertEquals([last.type, last.ok, last.issue.code], ["step.finished", false, issue]);
    const log = Deno.readTextFileSync(`${test.paths.logs}/steps.ndjson`).trim().split("\n").map((line) =>
      JSON.parse(line)
    );
    assert(
      log.some(({ level, properties }) => level === "ERROR" && properties.code === issue),
      `${mode} is not logged`,
    );
  }));
});

Deno.test("runStep(): --log-level debug shows where an error comes from", async () => {
  await using test = new TestRun().list(0);
  const { err } = await probe("--run", test.name, "--mode", "throw", "--log-level", "debug");
  assertMatch(err, /\n +at .*probe_step\.ts/);
});

Deno.test("runStep(): without a listing says to run init", async () => {
  await using test = new TestRun();
  const { code, err } = await probe("--run", test.name);
  assertEquals(code, 1);
  assertStringIncludes(err, `run \`deno task init --run ${test.name}\` first`);
});

Deno.test("runStep(): --format json is one array, table is for people", async () => {
  await using test = new TestRun().list(0);
  const json = JSON.parse((await probe("--run", test.name, "--format", "json")).out);
  assertEquals(json.map((record: { type: string }) => record.type), ["probe.at-work", "step.finished"]);
  const table = await probe("--run", test.name, "--format", "table", "--amount", "7");
  assertMatch(table.out, /^id +amount +.*workers\n *– +7 /);
  assertEquals((await probe("--run", test.name, "--format", "json", "--mode", "fail")).out.trim().at(-1), "]");
});

Deno.test("runStep(): a reader that goes away is no error", async () => {
  await using test = new TestRun().list(0);
  const script = `${fixture("probe_step.ts").join(" ")} --run ${test.name} --mode many | head -n 1`;
  const { code, stdout, stderr } = await new Deno.Command("bash", {
    args: ["-o", "pipefail", "-c", `${Deno.execPath()} ${script}`],
    cwd: projectRoot,
  }).output();
  const text = new TextDecoder();
  assertEquals([code, text.decode(stderr)], [0, ""]);
  assertMatch(text.decode(stdout), /^\{"type":"probe.line".*"i":0\}\n$/);
});

Deno.test("runStep(): Ctrl-C and SIGTERM let the step save its work, and end it with 130", async () => {
  await using test = new TestRun().list(0);
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    const held = begin(fixture("probe_step.ts", "--run", test.name, "--mode", "hold"));
    await held.saw("probe.at-work");
    held.child.kill(signal);
    const { code, err, records } = await held.ended;
    assertEquals(code, 130);
    assertStringIncludes(err, "interrupted; what was done is saved");
    assertEquals(records.map((record) => record.type), ["probe.at-work", "probe.saved", "step.finished"]);
  }
});

Deno.test("runStep(): what lasts until it is told to end, ends well by Ctrl-C and SIGTERM, and at once by a second one", async () => {
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    const lasting = begin(fixture("lasting_step.ts"));
    await lasting.saw("lasting.at-work");
    lasting.child.kill(signal);
    const { code, err, records } = await lasting.ended;
    assertEquals([code, err, records.at(-1)!.interrupted], [0, "lasting: drains\n", undefined]);
    const stubborn = begin(fixture("lasting_step.ts", "--stubborn"));
    await stubborn.saw("lasting.at-work");
    let isOver = false;
    const over = stubborn.ended.finally(() => isOver = true);
    stubborn.child.kill(signal);
    await stubborn.saw("drains");
    // One key press may come twice, so that the second one counts a while after the first.
    for (; !isOver; await Promise.race([over, new Promise((next) => setTimeout(next, 20))])) {
      try {
        stubborn.child.kill(signal);
      } catch {
        // It has just ended.
      }
    }
    assertEquals((await over).code, 130);
  }
});

Deno.test("runStep() writes the log as JSON lines, only when something is logged", async () => {
  await using test = new TestRun().list(0);
  await probe("--run", test.name, "--mode", "log");
  assertEquals(await Deno.stat(test.paths.logs).catch(() => undefined), undefined);
  const { err } = await probe("--run", test.name, "--mode", "log", "--log-level", "info");
  assertEquals(err, 'probe: info: something happened {"amount":1}\n');
  const line = JSON.parse(await Deno.readTextFile(`${test.paths.logs}/steps.ndjson`));
  assertEquals([line.level, line.message, line.logger, line.properties], [
    "INFO",
    "something happened",
    "step.probe",
    { amount: 1 },
  ]);
  assertEquals((await probe("--run", test.name, "--mode", "log", "--log-level", "info", "--quiet")).err, "");
});
