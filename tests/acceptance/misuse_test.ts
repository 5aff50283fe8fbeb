import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { begin, pipeline } from "../step/_run.ts";
import { demand, Population } from "./_population.ts";

/** How agents are kept apart changes nothing here: this way is the quickest. */
const quick = ["--isolation", "shared"];

Deno.test("what can't be meant is refused with exit 2 before anything is done", async () => {
  await using run = await Population.make(3);
  const before = await run.status();
  const cases: [string, string[], RegExp][] = [
    ["lifecycle", ["--cycels", "2"], /no such flag; the nearest valid one is --cycles/],
    ["lifecycle", ["--cycles", "two"], /"two" for --cycles as it must be a whole number/],
    ["lifecycle", ["--selection", "tornament"], /the nearest valid one is tournament/],
    ["lifecycle", ["--isolation", "proces"], /the nearest valid one is process/],
    ["select", ["--selection", "nome"], /the nearest valid one is none/],
    ["select", ["--selection", "plugins/../../x.ts"], /\.\./],
    ["supervise", ["--concurrency", "0"], /the nearest valid one is 1/],
    ["init", ["--count", "0"], /the nearest valid one is 1/],
    ["init", ["--active", "1.5"], /the nearest valid one is 1\b/],
    ["init", ["--seed", "8"], /this run has the seed 7/],
    ["report", ["--format", "htm"], /the nearest valid one is html/],
    ["scan", ["--concurrency", "2"], /no such flag/],
    ["status", ["please"], /takes flags only/],
  ];
  await Promise.all(cases.map(async ([step, flags, told]) => {
    const { err } = await run.fails(2, step, ...flags);
    assertMatch(err, told);
    // Steps that get as far as the lock wait for each other here, and say so.
    assertEquals(err.trimEnd().split("\n").filter((line) => !line.includes("waits for")).length, 1, err);
  }));
  assertEquals(await run.status(), before);
  assertEquals(run.rows("SELECT * FROM cycles"), []);
});

Deno.test("a wrong configuration is refused by name, with the nearest key, by each step that reads it", async () => {
  await using run = await Population.make(3);
  const cases: [unknown, RegExp][] = [
    [{ selection: { elite: 0.1 } }, /"selection\.elite" is unknown; the nearest valid one is "selection\.elites"/],
    [{ selction: {} }, /"selction" is unknown; the nearest valid one is "selection"/],
    [{ selection: { elites: 2 } }, /"selection\.elites" must be at most 1: it is 2/],
    [{ world: { environment: "meadw" } }, /meadw/],
    [{ world: { schedule: [{ environment: "maze", cycles: 9 }, { environment: "meadw" }] } }, /nearest is meadow/],
    [{ limits: { cpuSeconds: "5" } }, /"limits\.cpuSeconds" must be a/],
    [{ selection: { strategy: "tornament" } }, /nearest is "tournament"/],
  ];
  await run.step("scan");
  for (const [config, told] of cases) {
    await run.configure(config as Record<string, unknown>);
    assertMatch((await run.fails(2, "supervise")).err, told);
  }
  await Deno.writeTextFile(run.paths.config, "{ selection: }");
  assertMatch((await run.fails(2, "supervise")).err, /Cannot read the configuration: .*config\.json/);
});

Deno.test("a bad line of NDJSON is named by number, and nothing is done", async () => {
  await using run = await Population.make(3);
  const [first] = await run.status();
  const lines: [string, number, RegExp][] = [
    ["hello", 2, /expected a JSON object/],
    ["[1]", 2, /expected/],
    ['{"ok":true}', 2, /id/],
    ['{"id":7}', 2, /id/],
    ['{"id":"' + "x".repeat(2_000_000) + '"}', 2, /./],
  ];
  for (const [line, number, expected] of lines) {
    const input = `${JSON.stringify(first)}\n${line}\n`;
    for (const step of ["scan", "sync-wiring", "build", "supervise", "select"]) {
      const ended = demand(2, await begin(pipeline(step, "--run", run.name, "--stdin"), input).ended);
      assertStringIncludes(ended.err, `line ${number} of stdin`);
      assertMatch(ended.err, expected);
      assertEquals(ended.records.length, 1);
      if (line !== "hello") break;
    }
  }
  assertEquals(run.rows("SELECT * FROM cycles"), []);
  const odd = `${JSON.stringify({ id: null })}\n${JSON.stringify({ id: first!.id, ok: false })}\n\n{"id":"unknown"}\n`;
  const { records } = await run.fed("scan", odd);
  assertEquals(records.slice(0, -1).map(({ id, ok, issue }) => [id, ok, (issue as { code: string }).code]), [
    ["unknown", false, "agent.unknown"],
  ]);
});

Deno.test("of two steps at once the second waits, and says what holds which", async () => {
  await using run = await Population.make(3);
  const holder = run.begin("lifecycle", "--cycles", "1", "--log-level", "debug", ...quick);
  await holder.saw("scan has finished");
  const waiting = ["supervise", "lifecycle"].map((step) =>
    run.begin(step, ...(step === "lifecycle" ? ["--until", "1"] : []))
  );
  await Promise.all(waiting.map((step) => step.saw("waits for")));
  demand(0, await holder.ended);
  for (const step of waiting) {
    const { err, records } = demand(0, await step.ended);
    assertMatch(err, /waits for (lifecycle|supervise) \(process \d+\), which has held this run since \d{4}-/);
    assertStringIncludes(err, "nothing to do");
    assertEquals((records.at(-1)!.counts as { updates: number }).updates, 0);
  }
});

Deno.test("no agent is left: lifecycle says so and ends, and goes on when one is repaired", async () => {
  await using run = await Population.make(3);
  const ids = (await run.status()).map(({ id }) => id);
  const saved = ids.map((id) => Deno.readFileSync(run.genomePath(id)));
  const spoil = () => ids.forEach((id) => Deno.writeFileSync(run.genomePath(id), new Uint8Array(9)));
  spoil();
  const ended = await run.fails(1, "lifecycle", "--cycles", "9", ...quick);
  assertEquals(ended.records.map(({ type }) => type), ["cycle.finished", "step.finished"]);
  assertMatch(ended.err, /all agents are disabled.*genome\.\w+ \(3\)/);
  Deno.writeFileSync(run.genomePath(ids[0]!), saved[0]!);
  assertEquals((await run.step("lifecycle", "--cycles", "1", ...quick)).records[0]!.alive, 1);
  ids.forEach((id, i) => Deno.writeFileSync(run.genomePath(id), saved[i]!));
  assertEquals((await run.step("scan")).records.at(-1)!.ok, true);

  run.rows(
    `UPDATE agents SET status = 'disabled', code = 'evaluation.crash', reason = 'It crashed.', disabled_cycle = 0,
    disabled_key = genome_hash || ':' || reach WHERE status <> 'dead'`,
  );
  await run.fails(1, "lifecycle", "--cycles", "9");
  const extinct = await run.fails(1, "lifecycle", "--cycles", "9");
  assertStringIncludes(
    extinct.err,
    `all agents are dead; create new ones by \`deno task init --run ${run.name} --count N\` with more than 3`,
  );
  await run.step("init", "--count", "5");
  const { records } = await run.step("lifecycle", "--cycles", "1", ...quick);
  assert((records[0]!.score as { ranked: number }).ranked === 2);
});
