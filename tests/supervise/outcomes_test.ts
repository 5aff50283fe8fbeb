import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { type Behaviour, MadeRun } from "./made_run.ts";

/** Limits that tests reach soon. */
const limits = { memoryMiB: 64, cpuSeconds: 1, wallSeconds: 20, outputKiB: 64, descriptors: 64 };

async function outcomeOf(behaviour: Behaviour, changed: Partial<typeof limits> = {}) {
  const run = await MadeRun.make([behaviour], { config: { limits: { ...limits, ...changed } } });
  const { records, counts } = await run.supervise();
  const [row] = run.rows("SELECT outcome, message, reproducible, score, reached FROM episodes");
  assertEquals(records.length, 1);
  assertEquals(records[0]!.outcome, row!.outcome);
  assertEquals(records[0]!.reproducible, row!.reproducible === 1);
  const { outcome, message, reproducible, score } = row!;
  const reached = row!.reached === null ? undefined : JSON.parse(row!.reached as string);
  assertEquals(records[0]!.reached, reached);
  return { outcome, message, reproducible, score, counts, record: records[0]!, run, reached };
}

Deno.test("supervise() + an honest agent finishes with the judge's score", async () => {
  const { outcome, score, run, record } = await outcomeOf("honest");
  assertEquals([outcome, score, record.ok], ["finished", 5.5, true]);
  const [row] = run.rows("SELECT scores, measures FROM episodes");
  assertEquals([row!.scores, row!.measures], ["[5,6]", '{"genes":1,"length":5}']);
});

Deno.test("supervise() + an agent has no permission at all", async () => {
  const { outcome, message } = await outcomeOf("pries");
  assertEquals([outcome, message], ["finished", null]);
});

Deno.test("supervise() + CPU time is limited by the kernel", async () => {
  const { outcome, reproducible, message, counts, reached } = await outcomeOf("loops");
  assertEquals([outcome, reproducible, counts.limited], ["cpu", 0, 1]);
  assertEquals(reached, { limit: "cpuSeconds", value: 1, by: "rlimit" });
  assertStringIncludes(message as string, "1 s of CPU time");
});

Deno.test("supervise() + memory is limited, be it heap or buffers", async () => {
  const cpu = { cpuSeconds: 20 };
  for (const behaviour of ["heap", "buffers"] as const) {
    const { outcome, reached, message } = await outcomeOf(behaviour, cpu);
    assertEquals([outcome, reached], ["memory", { limit: "memoryMiB", value: 64, by: "rlimit" }]);
    assertStringIncludes(message as string, "64 MiB of memory");
  }
});

Deno.test("supervise() + descriptors are limited, however many threads open them", async () => {
  const { outcome, reached, reproducible } = await outcomeOf("opens", { descriptors: 18, memoryMiB: 512 });
  assertEquals([outcome, reproducible], ["descriptors", 0]);
  assertEquals(reached, { limit: "descriptors", value: 18, by: "rlimit" });
});

Deno.test("supervise() + time is limited by the supervisor", async () => {
  const { outcome, reproducible, reached } = await outcomeOf("waits", { wallSeconds: 0.3 });
  assertEquals([outcome, reproducible], ["wall", 0]);
  assertEquals(reached, { limit: "wallSeconds", value: 0.3, by: "supervisor" });
});

Deno.test("supervise() + output is limited: lines, one endless line, stderr", async () => {
  for (const behaviour of ["floods", "endless", "errors"] as const) {
    const { outcome, reproducible, reached } = await outcomeOf(behaviour);
    assertEquals([behaviour, outcome, reproducible], [behaviour, "output", 1]);
    assertEquals(reached, { limit: "outputKiB", value: 64, by: "supervisor" });
  }
});

Deno.test("supervise() + what is no reply is told apart from a crash", async () => {
  for (const behaviour of ["garbage", "silent", "twice", "forges"] as const) {
    assertEquals([behaviour, (await outcomeOf(behaviour)).outcome], [behaviour, "protocol"]);
  }
});

Deno.test("supervise() + a crash tells its last words, without what a terminal would obey", async () => {
  const { outcome, message, record, reached } = await outcomeOf("throws");
  assertEquals([outcome, reached], ["crash", undefined]);
  assertStringIncludes(message as string, "Uncaught");
  assertStringIncludes(message as string, "no luck");
  assertEquals(record.issue, { code: "life.crash", message: "Its process ended with exit code 1." });
});

Deno.test("supervise() + a typed error of the runtime is taken over", async () => {
  const { outcome, message, record } = await outcomeOf("tells");
  assertEquals(outcome, "crash");
  assertEquals(message, "src/a.ts#run threw a TypeError. (x is not a function)");
  assertEquals(record.issue?.message, "src/a.ts#run threw a TypeError.");
});

Deno.test("supervise() + evidence that the judge does not accept earns nothing", async () => {
  const { outcome, score, message, run } = await outcomeOf("cheats");
  assertEquals([outcome, score], ["refused", null]);
  assertMatch(message as string, /13 is no action/);
  assertEquals(run.agent(0).score, null);
});

Deno.test("supervise() + evidence that ends the judge is refused, and the others are judged", async () => {
  const run = await MadeRun.make(["honest", "endsJudge", "honest", "honest"]);
  await run.supervise();
  assertEquals(run.outcomes(), ["finished", "refused", "finished", "finished"]);
});

Deno.test("supervise() + no misbehaviour of one stops another", async () => {
  const run = await MadeRun.make(["throws", "honest", "garbage", "cheats", "honest"]);
  const { counts } = await run.supervise();
  assertEquals(run.outcomes(), ["crash", "finished", "protocol", "refused", "finished"]);
  assertEquals([counts.finished, counts.crashed, counts.judged], [2, 3, 5]);
  assert(run.rows("SELECT 1 FROM cycles WHERE state = 'judged'").length === 1);
});

/** Waits until a process has a text in its command line, and gives its id. */
async function processWith(text: string, not: ReadonlySet<string>): Promise<string> {
  for (;;) {
    const { stdout } = await new Deno.Command("pgrep", { args: ["-f", text] }).output();
    const found = new TextDecoder().decode(stdout).split("\n").find((pid) => pid !== "" && !not.has(pid));
    if (found) return found;
  }
}

Deno.test("supervise() + who is killed from outside is started again, and not for ever", async () => {
  const run = await MadeRun.make(["waits"]);
  const lived = run.supervise();
  const killed = new Set<string>();
  for (let i = 0; i < 3; i++) {
    const pid = await processWith(run.agent(0).build_hash as string, killed);
    killed.add(pid);
    await new Deno.Command("kill", { args: ["-KILL", pid] }).output();
  }
  const [record] = (await lived).records;
  assertEquals([record!.outcome, record!.reproducible], ["killed", false]);
});
