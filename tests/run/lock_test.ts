import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { holderOf, lockFiles, RunLock } from "../../lib/run/lock.ts";
import { begin, fixture, pipeline, run, TestRun } from "../step/_run.ts";

const probe = (test: TestRun, ...args: string[]) => fixture("probe_step.ts", "--run", test.name, ...args);

function take(
  test: TestRun,
  options: { chain?: boolean; creates?: boolean; token?: string; onWait?: (holder: unknown) => void } = {},
): Promise<RunLock> {
  const signal = new AbortController().signal;
  return RunLock.take(test.paths, { step: "tests", chain: true, signal, onWait: () => {}, ...options });
}

Deno.test("RunLock: a second step says what holds the run, waits, and goes on when it is free", async () => {
  await using test = new TestRun().list(0);
  const first = begin(probe(test, "--mode", "hold"));
  await first.saw("probe.at-work");
  const second = begin(probe(test));
  await second.saw("waits for");
  first.child.kill("SIGTERM");
  const { code, err } = await second.ended;
  assertEquals([code, (await first.ended).code], [0, 130]);
  assertMatch(err, new RegExp(`probe: waits for probe \\(process ${first.child.pid}\\), .* since 20.*Z\\.\n`));
});

Deno.test("RunLock is free at once when its holder is killed", async () => {
  await using test = new TestRun().list(0);
  const first = begin(probe(test, "--mode", "hold"));
  await first.saw("probe.at-work");
  const { run: path } = lockFiles(test.paths);
  assertEquals((holderOf(path) as { pid: number }).pid, first.child.pid);
  first.child.kill("SIGKILL");
  await first.ended;
  assertEquals(holderOf(path), undefined);
  const second = await run(probe(test));
  assertEquals([second.code, second.err], [0, ""]);
});

Deno.test("RunLock: a step that waits can be interrupted", async () => {
  await using test = new TestRun().list(0);
  using _lock = await take(test);
  const waiting = begin(probe(test));
  await waiting.saw("waits for tests");
  waiting.child.kill("SIGINT");
  assertEquals((await waiting.ended).code, 130);
});

Deno.test("RunLock: a chain hands its lock to its steps, and to nothing else", async () => {
  await using test = new TestRun().list(0);
  const lock = await take(test);
  assertEquals((await run(probe(test, "--lock", lock.token))).code, 0);
  const wrong = await run(probe(test, "--lock", "made-up"));
  assertEquals(wrong.code, 1);
  assertStringIncludes(wrong.err, "nothing holds it any more");
  lock.release();
  assertEquals((await run(probe(test, "--lock", lock.token))).code, 1);
});

Deno.test("RunLock: the step that a killed chain left behind does not write together with the next one", async () => {
  await using test = new TestRun().list(0);
  const chain = await take(test);
  const orphan = begin(probe(test, "--lock", chain.token, "--mode", "hold"));
  await orphan.saw("probe.at-work");
  const late = begin(probe(test, "--lock", chain.token));
  await late.saw("waits for probe");
  chain.release();
  const next = begin(probe(test));
  await next.saw(`waits for probe (process ${orphan.child.pid})`);
  orphan.child.kill("SIGTERM");
  await orphan.ended;
  assertEquals((await next.ended).code, 0);
  const { code, err } = await late.ended;
  assertEquals(code, 1);
  assertStringIncludes(err, "nothing holds it any more");
});

Deno.test("RunLock: a chain begins when the step that a killed chain left behind has ended", async () => {
  await using test = new TestRun().list(0);
  const killed = await take(test);
  const orphan = begin(probe(test, "--lock", killed.token, "--mode", "hold"));
  await orphan.saw("probe.at-work");
  killed.release();
  const waits = Promise.withResolvers<unknown>();
  const next = take(test, { onWait: waits.resolve });
  const first = await Promise.race([waits.promise, next]);
  assertEquals((first as { pid?: number }).pid, orphan.child.pid);
  orphan.child.kill("SIGTERM");
  using chain = await next;
  assertEquals((await run(probe(test, "--lock", chain.token))).code, 0);
});

Deno.test("status waits for nothing", async () => {
  await using test = new TestRun().list(3);
  using _lock = await take(test);
  const { code, records } = await run(pipeline("status", "--run", test.name));
  assertEquals([code, records.length], [0, 4]);
});

Deno.test("RunLock: a pipe or a huge file as lock is refused by every step, and stop ends nothing for it", async () => {
  await using test = new TestRun().list(0);
  const { run: path } = lockFiles(test.paths);
  await Deno.remove(path).catch(() => {});
  await new Deno.Command("mkfifo", { args: [path] }).output();
  for (const step of [probe(test), pipeline("stop", "--run", test.name)]) {
    const { code, err } = await run(step);
    assertEquals(code, 1);
    assertStringIncludes(err, "as it must be a file of at most");
  }
  await Deno.remove(path);
  await Deno.writeFile(path, new Uint8Array(10_000));
  assertStringIncludes((await run(probe(test))).err, "as it must be a file of at most");
});

Deno.test("stop() signals nothing but the process that the kernel knows to hold the lock", async () => {
  await using test = new TestRun().list(0);
  const stranger = new Deno.Command("sleep", { args: ["600"] }).spawn();
  const { run: path } = lockFiles(test.paths);
  const first = begin(probe(test, "--mode", "hold"));
  await first.saw("probe.at-work");
  const holder = holderOf(path) as unknown as Record<string, unknown>;
  for (const pid of [stranger.pid, 1, -1]) {
    Deno.writeTextFileSync(path, JSON.stringify({ ...holder, pid }));
    const { code, err } = await run(pipeline("stop", "--run", test.name));
    assertEquals(code, 1);
    assertStringIncludes(err, `Cannot end process ${pid}`);
  }
  Deno.writeTextFileSync(path, JSON.stringify(holder));
  const { code } = await run(pipeline("stop", "--run", test.name));
  assertEquals([code, (await first.ended).code], [0, 130]);
  stranger.kill("SIGKILL");
  assertEquals((await stranger.status).signal, "SIGKILL");
});

Deno.test("RunLock: a step that waits for a lock that is withdrawn makes it anew, and holds it alone", async () => {
  await using test = new TestRun();
  const first = await take(test, { creates: true });
  const { promise: waits, resolve } = Promise.withResolvers<void>();
  const second = take(test, { creates: true, onWait: () => resolve() });
  await waits;
  first.withdraw();
  using lock = await second;
  const { run: path } = lockFiles(test.paths);
  assertEquals((holderOf(path) as { token: string }).token, lock.token);
});

Deno.test("RunLock: a withdrawn lock leaves a workspace that was there, and what others have put into a new one", async () => {
  await using test = new TestRun();
  const { workspace, root } = test.paths;
  (await take(test, { creates: true })).withdraw();
  assertEquals(
    [...Deno.readDirSync(root.slice(0, root.lastIndexOf("/")))].filter(({ name }) => name === test.name),
    [],
  );
  const lock = await take(test, { creates: true });
  await Deno.writeTextFile(`${workspace}/config.json`, "{}");
  lock.withdraw();
  assertEquals([...Deno.readDirSync(workspace)].map(({ name }) => name), ["config.json"]);
});
