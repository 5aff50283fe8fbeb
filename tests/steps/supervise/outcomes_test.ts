import { assert, assertEquals, assertMatch, assertRejects, assertStringIncludes } from "@std/assert";
import { causeOf } from "../../../lib/records/cause.ts";
import { StepFailed } from "../../../lib/util/issue.ts";
import { type Behaviour, MadeRun } from "./made_run.ts";

/** Limits that tests reach soon. */
const limits = { memoryMiB: 64, cpuSeconds: 4, wallSeconds: 20, outputKiB: 64, descriptors: 64 };

async function outcomeOf(behaviour: Behaviour, changed: Partial<typeof limits> = {}) {
  const run = await MadeRun.make([behaviour], { config: { limits: { ...limits, ...changed } } });
  const { records, counts } = await run.supervise();
  const [row] = run.rows("SELECT outcome, message, reproducible, score, limit_reached FROM evaluations");
  assertEquals(records.length, 1);
  assertEquals(records[0]!.outcome, row!.outcome);
  assertEquals(records[0]!.reproducible, row!.reproducible === 1);
  const { outcome, message, reproducible, score } = row!;
  const limit = row!.limit_reached === null ? undefined : JSON.parse(row!.limit_reached as string);
  assertEquals(records[0]!.limit, limit);
  return { outcome, message, reproducible, score, counts, record: records[0]!, run, limit };
}

Deno.test("supervise(): an honest agent finishes with the judge's score", async () => {
  const { outcome, score, run, record } = await outcomeOf("honest");
  assertEquals([outcome, score, record.ok], ["finished", 5.5, true]);
  const [row] = run.rows("SELECT scores, measures FROM evaluations");
  assertEquals([row!.scores, row!.measures], ["[5,6]", '{"genes":1,"length":5}']);
});

Deno.test("supervise(): an agent has no permission at all", async () => {
  const { outcome, message } = await outcomeOf("pries");
  assertEquals([outcome, message], ["finished", null]);
});

Deno.test("supervise(): CPU time is limited by the kernel", async () => {
  const { outcome, reproducible, message, counts, limit } = await outcomeOf("loops", { cpuSeconds: 1 });
  assertEquals([outcome, reproducible, counts.limited], ["cpu", 0, 1]);
  assertEquals(limit, { name: "cpuSeconds", value: 1, enforcedBy: "rlimit" });
  assertStringIncludes(message as string, "1 s of CPU time");
});

Deno.test("supervise(): memory is limited, be it heap or buffers", async () => {
  for (const behaviour of ["heap", "buffers"] as const) {
    const { outcome, limit, message } = await outcomeOf(behaviour);
    assertEquals([outcome, limit], ["memory", { name: "memoryMiB", value: 64, enforcedBy: "rlimit" }]);
    assertStringIncludes(message as string, "64 MiB of memory");
  }
});

Deno.test("supervise(): descriptors are limited, however many threads open them", async () => {
  const { outcome, limit, reproducible } = await outcomeOf("opens", { descriptors: 18, memoryMiB: 512 });
  assertEquals([outcome, reproducible], ["descriptors", 0]);
  assertEquals(limit, { name: "descriptors", value: 18, enforcedBy: "rlimit" });
});

Deno.test("supervise(): time is limited by the supervisor", async () => {
  const { outcome, reproducible, limit } = await outcomeOf("waits", { wallSeconds: 5 });
  assertEquals([outcome, reproducible], ["wall", 0]);
  assertEquals(limit, { name: "wallSeconds", value: 5, enforcedBy: "supervisor" });
});

Deno.test("supervise(): output is limited: lines, one endless line, stderr", async () => {
  for (const behaviour of ["floods", "endless", "errors"] as const) {
    const { outcome, reproducible, limit } = await outcomeOf(behaviour);
    assertEquals([behaviour, outcome, reproducible], [behaviour, "output", 1]);
    assertEquals(limit, { name: "outputKiB", value: 64, enforcedBy: "supervisor" });
  }
});

Deno.test("supervise(): what is no reply is told apart from a crash", async () => {
  for (const behaviour of ["garbage", "silent", "twice", "forges"] as const) {
    assertEquals([behaviour, (await outcomeOf(behaviour)).outcome], [behaviour, "protocol"]);
  }
});

Deno.test("supervise(): a crash tells its last words, without what a terminal would obey", async () => {
  const { outcome, message, record, limit } = await outcomeOf("throws");
  assertEquals([outcome, limit], ["crash", undefined]);
  assertStringIncludes(message as string, "Uncaught");
  assertStringIncludes(message as string, "no luck");
  assertEquals(record.issue, { code: "evaluation.crash", message: "Its process ended with exit code 1." });
});

Deno.test("supervise(): a typed error of the runtime is taken over", async () => {
  const { outcome, message, record } = await outcomeOf("tells");
  assertEquals(outcome, "crash");
  assertEquals(message, "src/a.ts#run threw a TypeError. (x is not a function)");
  assertEquals(record.issue?.message, "src/a.ts#run threw a TypeError.");
});

Deno.test("supervise(): evidence that the judge does not accept earns nothing", async () => {
  const { outcome, score, message, run } = await outcomeOf("cheats");
  assertEquals([outcome, score], ["refused", null]);
  assertMatch(message as string, /13 is no action/);
  assertEquals(run.agent(0).score, null);
});

Deno.test("supervise(): evidence over which the world fails counts against no agent, and the others are judged", async () => {
  const run = await MadeRun.make(["honest", "endsJudge", "breaksWorld", "honest"]);
  const { records } = await run.supervise();
  assertEquals(run.outcomes(), ["finished", "world", "world", "finished"]);
  assertEquals(records.map(({ cause }) => cause).filter(Boolean), ["template", "template"]);
  const rows = run.rows("SELECT status, crashes, backoff_until_cycle, energy FROM agents WHERE ordinal IN (1, 2)");
  assertEquals(rows, Array(2).fill({ status: "active", crashes: 0, backoff_until_cycle: 0, energy: 100 }));
  const [kept] = run.rows("SELECT bytes FROM blobs JOIN evaluations ON hash = evidence_hash WHERE outcome = 'world'");
  assert(Array.isArray(JSON.parse(new TextDecoder().decode(kept!.bytes as Uint8Array))));
});

Deno.test("supervise(): a world that fails in an agent's process alone is that agent's crash", async () => {
  const run = await MadeRun.make(["honest", "fails", "failsWorld"]);
  await run.supervise();
  assertEquals(run.outcomes(), ["finished", "crash", "world"]);
  assertEquals(run.rows("SELECT crashes FROM agents ORDER BY ordinal").map(({ crashes }) => crashes), [0, 1, 0]);
});

Deno.test("supervise(): no misbehaviour of one stops another", async () => {
  const run = await MadeRun.make(["throws", "honest", "garbage", "cheats", "honest"]);
  const { counts } = await run.supervise();
  assertEquals(run.outcomes(), ["crash", "finished", "protocol", "refused", "finished"]);
  assertEquals([counts.finished, counts.crashed, counts.judged], [2, 3, 5]);
  assert(run.rows("SELECT 1 FROM cycles WHERE state = 'judged'").length === 1);
});

/** Waits until a process that has a text in its command line is so far that it has a thread of its own, and gives its id. */
async function crowdedProcess(text: string, not: ReadonlySet<string>): Promise<string> {
  const script = 'for pid in $(pgrep -f "$1"); do grep -sq worker- /proc/$pid/task/*/comm && echo "$pid"; done; :';
  for (;;) {
    const { stdout } = await new Deno.Command("/bin/sh", { args: ["-c", script, "sh", text] }).output();
    const found = new TextDecoder().decode(stdout).split("\n").find((pid) => pid !== "" && !not.has(pid));
    if (found) return found;
  }
}

async function killRunning(run: MadeRun, index: number, times: number): Promise<void> {
  const killed = new Set<string>();
  for (let i = 0; i < times; i++) {
    const pid = await crowdedProcess(run.agent(index).build_hash as string, killed);
    killed.add(pid);
    await new Deno.Command("kill", { args: ["-KILL", pid] }).output();
  }
}

Deno.test("supervise(): what is killed from outside is evaluated again alone, and counts against no agent", async () => {
  const run = await MadeRun.make(["crowds", "honest"], { config: { limits: { memoryMiB: 512 } } });
  const evaluated = run.supervise();
  await killRunning(run, 0, 2);
  const records = (await evaluated).records;
  const record = records.find(({ outcome }) => outcome !== "finished")!;
  assertEquals([record.outcome, record.reproducible, record.cause], ["killed", false, "machine"]);
  const { status, crashes, backoff_until_cycle, energy } = run.agent(0);
  assertEquals([status, crashes, backoff_until_cycle, energy], ["active", 0, 0, 100]);
});

const failure = async (run: MadeRun) => {
  const error = await assertRejects(() => run.supervise(), StepFailed);
  assertEquals(run.rows("SELECT 1 FROM evaluations WHERE outcome IS NOT NULL AND outcome <> 'finished'"), []);
  assertEquals(run.rows("SELECT state FROM cycles"), [{ state: "open" }]);
  assertEquals(
    run.rows("SELECT DISTINCT status, crashes, backoff_until_cycle, energy FROM agents WHERE score IS NULL"),
    [
      { status: "active", crashes: 0, backoff_until_cycle: 0, energy: 100 },
    ],
  );
  return [error.issue.code, causeOf(error.issue.code)];
};

Deno.test("supervise(): limits that no agent can keep stop the step, and nothing is recorded", async () => {
  const run = await MadeRun.make(["waits", "honest"], { control: "waits", config: { limits: { wallSeconds: 5 } } });
  assertEquals(await failure(run), ["control.limits", "configuration"]);
});

Deno.test("supervise(): a world that fails without any gene stops the step, and nothing is recorded", async () => {
  const run = await MadeRun.make(["breaksWorld", "honest"], { control: "breaksWorld" });
  assertEquals(await failure(run), ["template.world", "template"]);
});

Deno.test("supervise(): a machine on which the control crashes as well stops the step", async () => {
  const run = await MadeRun.make(["throws", "honest"], { control: "throws" });
  assertEquals(await failure(run), ["machine.evaluation", "machine"]);
});

Deno.test("supervise(): most of a population loops, and the others go on", async () => {
  const population: Behaviour[] = [...Array(9).fill("throws"), "honest"];
  const run = await MadeRun.make(population);
  await run.supervise();
  assertEquals(run.outcomes(), [...Array(9).fill("crash"), "finished"]);
  assertEquals(run.rows("SELECT DISTINCT crashes FROM agents WHERE ordinal < 9"), [{ crashes: 1 }]);
});

Deno.test("supervise(): a cycle in which only the world failed is not closed, and all are due again", async () => {
  const run = await MadeRun.make(["breaksWorld", "throws"]);
  const error = await assertRejects(() => run.supervise(), StepFailed);
  assertEquals(error.issue.code, "template.world");
  assertEquals(run.rows("SELECT state FROM cycles"), [{ state: "open" }]);
  assertEquals(run.outcomes(), [null, "crash"]);
});

Deno.test("supervise(): a cycle in which all failed by their own fault is closed", async () => {
  const run = await MadeRun.make(["throws", "garbage"]);
  await run.supervise();
  assertEquals(run.rows("SELECT state FROM cycles"), [{ state: "judged" }]);
});

Deno.test("supervise(): other limits end the back-off and the disabling of those that failed under the former", async () => {
  const run = await MadeRun.make(["throws", "throws"], { config: { backoff: { crashes: 2 } } });
  await run.supervise();
  run.nextCycle();
  assertEquals((await run.supervise()).counts.judged, 0);
  run.nextCycle();
  run.nextCycle();
  assertEquals((await run.supervise()).counts.judged, 2);
  assertEquals(run.agent(0).status, "disabled");
  await Deno.writeTextFile(run.paths.config, JSON.stringify({ backoff: { crashes: 2 }, limits: { wallSeconds: 29 } }));
  run.nextCycle();
  assertEquals((await run.supervise()).counts.judged, 2);
  assertEquals([run.agent(0).status, run.agent(0).crashes], ["active", 1]);
});
