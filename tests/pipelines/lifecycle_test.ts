import { assert, assertEquals, assertMatch, assertNotMatch, assertStringIncludes } from "@std/assert";
import { holderOf, lockFiles } from "../../lib/run/lock.ts";
import { beginWith } from "../begun.ts";
import { begin, type Ended, fixture, onTerminal, pipeline, run, TestRun } from "../step/_run.ts";

const seed = ["--seed", "3", "--count", "4"];

/** Agents that are built, and whose evaluations are short. */
async function init(test: TestRun): Promise<void> {
  const make = async () => {
    const first = new TestRun();
    const { code, err } = await run(pipeline("init", "--run", first.name, "--quiet", ...seed));
    assertEquals([code, err], [0, ""]);
    await Deno.writeTextFile(first.paths.config, JSON.stringify({ world: { steps: 20, episodes: 1 } }));
    for (const step of ["scan", "sync-wiring", "build"]) {
      assertEquals((await run(pipeline(step, "--run", first.name))).code, 0);
    }
    return first.paths.root;
  };
  await beginWith(`TestRun of short evaluations built ${seed}`, make, test.paths.root);
}

/** Agents are kept apart in the quickest way: a chain is the same with each. */
const lifecycle = (test: TestRun, ...args: string[]) =>
  pipeline("lifecycle", "--run", test.name, "--isolation", "shared", ...args);

async function population(test: TestRun): Promise<unknown[]> {
  return (await run(pipeline("status", "--run", test.name))).records.slice(0, -1);
}

Deno.test("lifecycle: killed and interrupted anywhere, ends in the same population", async () => {
  await using whole = new TestRun();
  await using torn = new TestRun();
  await Promise.all([init(whole), init(torn)]);
  const straight = await run(lifecycle(whole, "--until", "2", "--workers", "1"));
  assertEquals(straight.code, 0);
  assertEquals(straight.records.map(({ type, cycle }) => [type, cycle]), [
    ["cycle.finished", 1],
    ["cycle.finished", 2],
    ["step.finished", undefined],
  ]);
  assertEquals(Object.keys(straight.records[0]!), [
    ...[
      "type",
      "step",
      "id",
      "ok",
      "cycle",
      "alive",
      "born",
      "died",
      "disabled",
      "changed",
      "evaluated",
      "failed",
      "score",
      "limited",
    ],
  ]);

  const cycles: unknown[] = [];
  for (const [seen, signal] of [["build", "SIGKILL"], ["supervise", "SIGINT"], ["select", "SIGKILL"]] as const) {
    const part = begin(lifecycle(torn, "--until", "2", "--log-level", "debug"));
    await part.saw(`${seen} has finished`);
    part.child.kill(signal);
    const { code, records } = await part.ended;
    assertEquals(code, signal === "SIGKILL" ? 137 : 130);
    cycles.push(...records.filter((record) => record.type === "cycle.finished"));
  }
  const rest = await run(lifecycle(torn, "--until", "2"));
  assertEquals(rest.code, 0);
  cycles.push(...rest.records.filter((record) => record.type === "cycle.finished"));
  assertEquals(cycles, straight.records.slice(0, -1));
  assertEquals(await population(torn), await population(whole));

  const again = await run(lifecycle(torn, "--until", "2"));
  assertEquals([again.code, again.err], [0, "lifecycle: nothing to do.\n"]);
});

Deno.test("lifecycle and start: a wrong configuration ends them with 2, and the step's issue is shown once", async () => {
  await using test = new TestRun();
  await init(test);
  const cases: [unknown, string, string][] = [
    [{ limts: {} }, '"limts" is unknown', "lifecycle"],
    [{ world: { steps: 20 }, fitness: { weights: { scor: 1 } } }, 'Cannot weigh "scor"', "start"],
    [{ world: { steps: 20 }, fitness: { weights: { scor: 1 } } }, 'Cannot weigh "scor"', "lifecycle"],
  ];
  for (const [config, told, chain] of cases) {
    await Deno.writeTextFile(test.paths.config, JSON.stringify(config));
    const { code, err, records } = await run(
      pipeline(chain, "--run", test.name, "--cycles", "1", "--format", "ndjson"),
    );
    assertEquals(code, 2);
    assertEquals(err.split(told).length - 1, 1);
    assertMatch(err, new RegExp(`${chain}: \\S+ failed with exit code 2\\.`));
    assertNotMatch(err, /\n +at /);
    assertEquals((records.at(-1)!.issue as { code: string }).code, "step.failed");
  }
});

Deno.test("lifecycle: a step that fails ends it with 1", async () => {
  await using test = new TestRun();
  await init(test);
  await Deno.remove(test.paths.template, { recursive: true });
  const { code, err } = await run(lifecycle(test, "--cycles", "1"));
  assertEquals(code, 1);
  assertMatch(err, /lifecycle: \S+ failed with exit code 1\./);
});

Deno.test("lifecycle says that there are no agents where init has not finished", async () => {
  await using test = new TestRun().list(0);
  const { code, err } = await run(lifecycle(test, "--cycles", "1"));
  assertEquals(code, 1);
  assertStringIncludes(
    err,
    `there are no agents: \`init\` has not finished; run \`deno task init --run ${test.name}\` again`,
  );
});

Deno.test("lifecycle: a closed terminal ends it and its step, and the next run goes on", async () => {
  await using test = new TestRun();
  await init(test);
  const part = onTerminal(lifecycle(test, "--cycles", "1", "--log-level", "debug"));
  await part.saw("build has finished");
  part.close();
  assertEquals((await part.ended).code, 130);
  assertEquals(await processesOf(test), []);
  const { code, records } = await run(lifecycle(test, "--until", "1"));
  assertEquals([code, records[0]!.type, records[0]!.cycle], [0, "cycle.finished", 1]);
});

/** Group and command line of each process that works on the run. */
async function processesOf(test: TestRun): Promise<{ readonly group: number; readonly line: string }[]> {
  const { stdout } = await new Deno.Command("ps", { args: ["-eo", "pgid=,args="] }).output();
  const lines = new TextDecoder().decode(stdout).split("\n").filter((line) => line.includes(test.name));
  return lines.map((line) => ({ group: parseInt(line), line }));
}

/** Sends SIGHUP to the chain and its steps, as the kernel does. */
async function hangUp(test: TestRun): Promise<void> {
  const chain = (await processesOf(test)).find(({ line }) => line.includes("-P=lifecycle"));
  if (!chain) return;
  try {
    Deno.kill(-chain.group, "SIGHUP");
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error; // It has just come to its end.
  }
}

Deno.test("lifecycle: by nohup it goes on to its end after the terminal was closed, whichever step just starts", async () => {
  await using test = new TestRun();
  await init(test);
  const log = `${test.paths.root}/nohup.log`;
  await Deno.writeTextFile(log, "");
  const watcher = Deno.watchFs(log);
  const args = ["task", "-q", "lifecycle", "--run", test.name, "--cycles", "1", "--log-level", "debug"];
  const started = onTerminal(["-c", `exec nohup "$@" >${log} 2>&1`, "sh", Deno.execPath(), ...args], "sh");
  void started.ended.then(() => watcher.close());
  let closed = false;
  for await (const _ of watcher) {
    const text = await Deno.readTextFile(log);
    if (!text.includes("has finished")) continue;
    // Whenever a step has ended, the next one is just starting.
    if (!closed) started.close();
    else await hangUp(test);
    closed = true;
  }
  const { code } = await started.ended;
  const text = await Deno.readTextFile(log);
  assertEquals(code, 0, text);
  assertStringIncludes(text, '"cycle.finished"');
  assertEquals(await processesOf(test), []);
});

Deno.test("lifecycle: started with SIGHUP ignored, by whatever became it, it goes on after one", async () => {
  await using test = new TestRun();
  await init(test);
  const args = lifecycle(test, "--cycles", "1", "--log-level", "debug");
  const going = begin(["-c", 'trap "" HUP; exec "$@"', "sh", Deno.execPath(), ...args], undefined, "sh");
  await going.saw("scan has finished");
  going.child.kill("SIGHUP");
  const { code, err } = await going.ended;
  assertEquals(code, 0, err);
});

Deno.test("lifecycle: killed on its way, the same command again goes as far as it was to go, and then further", async () => {
  await using test = new TestRun();
  await init(test);
  const some = lifecycle(test, "--cycles", "1", "--log-level", "debug");
  const killed = begin(some);
  await killed.saw("select has finished");
  killed.child.kill("SIGKILL");
  await killed.ended;
  const cyclesOf = ({ records }: Ended) =>
    records.filter(({ type }) => type === "cycle.finished").map(({ cycle }) => cycle);
  const again = await run(some);
  assertStringIncludes(again.err, "goes on to cycle 1, which a run that was ended before its time was to reach");
  assertEquals(cyclesOf(again), [1]);
  assertEquals(cyclesOf(await run(some)), [2]);
});

Deno.test("lifecycle: Ctrl-C ends the pause between two cycles, and how far it was to go is forgotten", async () => {
  await using test = new TestRun();
  await init(test);
  const part = begin(lifecycle(test, "--cycles", "2", "--sleep", "600", "--log-level", "debug"));
  await part.saw("report has finished");
  part.child.kill("SIGINT");
  const { code, records } = await part.ended;
  assertEquals([code, records[0]!.type, records[0]!.cycle], [130, "cycle.finished", 1]);
  const next = await run(lifecycle(test, "--cycles", "2"));
  assertEquals(next.records.filter(({ type }) => type === "cycle.finished").map(({ cycle }) => cycle), [2, 3]);
});

Deno.test("lifecycle: --cycles and --until at once is misuse", async () => {
  await using test = new TestRun().list(0);
  const { code, err } = await run(lifecycle(test, "--cycles", "1", "--until", "2"));
  assertEquals(code, 2);
  assertStringIncludes(err, "--cycles and --until");
});

Deno.test("stop ends a lifecycle gently, and the next run goes on", async () => {
  await using test = new TestRun();
  await init(test);
  const endless = begin(lifecycle(test, "--log-level", "debug"));
  await endless.saw("build has finished");
  const waiting = begin(pipeline("scan", "--run", test.name));
  await waiting.saw("waits for lifecycle");
  const { code, records } = await run(pipeline("stop", "--run", test.name));
  assertEquals(code, 0);
  assertEquals([records[0]!.stopped, records[0]!.pid, records[0]!.forced], ["lifecycle", endless.child.pid, false]);
  assertEquals((await endless.ended).code, 130);
  assertEquals((await waiting.ended).code, 0);
  for (const path of Object.values(lockFiles(test.paths))) assertEquals(holderOf(path), undefined);
  const none = await run(pipeline("stop", "--run", test.name));
  assertEquals([none.code, none.err], [0, "stop: nothing is running.\n"]);
  assertEquals((await run(lifecycle(test, "--until", "1"))).code, 0);
});

Deno.test("stop ends by force what does not end by itself", async () => {
  await using test = new TestRun().list(0);
  const stubborn = begin(fixture("probe_step.ts", "--run", test.name, "--mode", "stubborn"));
  await stubborn.saw("probe.at-work");
  const { code, records } = await run(pipeline("stop", "--run", test.name, "--grace-period", "0.1"));
  assertEquals([code, records[0]!.stopped, records[0]!.forced], [0, "probe", true]);
  assertEquals((await stubborn.ended).code, 137);
});

Deno.test("start creates agents, runs cycles with a line each, says where the report is, and goes on", async () => {
  await using test = new TestRun();
  const start = (...args: string[]) => run(pipeline("start", "--run", test.name, ...args));
  const first = await start(...seed, "--cycles", "1");
  assertEquals(first.code, 0);
  const [heading, line] = first.out.split("\n");
  assertMatch(heading!, /^ +cycle +alive +born +died +disabled +changed +best +median +mean$/);
  assertMatch(line!, /^ +1 +4 +\d+ +\d+ +0 +\d+ /);
  assertStringIncludes(first.err, "with --isolation shared");
  assertStringIncludes(first.out, `Report: runs/${test.name}/workspace/reports/report.html`);
  assert((await Deno.stat(`${test.paths.reports}/report.html`)).isFile);
  // Another end takes the place of the ten cycles.
  const second = await start("--evaluations", "5", "--format", "ndjson", "--isolation", "shared");
  assertStringIncludes(second.err, "start: ended after 8 evaluations; best score ");
  assertStringIncludes(second.err, "--isolation shared.");
  assertEquals(second.records.map(({ type, cycle }) => [type, cycle]), [
    ["cycle.finished", 2],
    ["step.finished", undefined],
  ]);
  const other = await start("--seed", "4");
  assertEquals(other.code, 2);
  assertStringIncludes(other.err, "this run has begun with 3");
});
