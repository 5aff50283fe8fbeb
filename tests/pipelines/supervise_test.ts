import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { projectRoot } from "../../lib/run/paths.ts";
import { built } from "./built_run.ts";
import { NamedRun } from "./named_run.ts";

/** What a run came to, without times and counts of attempts. */
function digest(run: NamedRun): unknown {
  const agents = `SELECT id, status, genome_hash, stage, mutations, score, scored_genome_hash, score_cycles, best_score,
    energy, crashes, backoff_until_cycle, parents FROM agents ORDER BY ordinal`;
  const episodes =
    `SELECT cycle, agent, kind, genome_hash, inputs, outcome, score, measures, evidence_hash, genome_after
    FROM evaluations ORDER BY cycle, agent, kind`;
  return [agents, episodes, "SELECT * FROM cycles", "SELECT * FROM pending_files", "SELECT * FROM inboxes"]
    .map((sql) => run.rows(sql).map((row) => ({ ...row })));
}

async function evaluated(run: NamedRun, ...flags: string[]): Promise<Record<string, unknown>[]> {
  const { code, records, stderr } = await run.step("supervise", flags);
  assertEquals(code, 0, stderr);
  return records.filter((record) => record.type === "agent.evaluated");
}

Deno.test("supervise runs real agents under its own permission set, and the second time nothing", async () => {
  await using run = await built(3);
  const { code, records, stderr } = await run.step("supervise");
  assertEquals(code, 0, stderr);
  const last = records.at(-1)!;
  assertEquals([last.type, last.id, last.ok], ["step.finished", null, true]);
  assertMatch(String(last.limits), /^rlimits( cgroup( cpu)?( memory)?( pids)?)?$/);
  assert(
    records.slice(0, -1).every(({ type, step, outcome }) =>
      type === "agent.evaluated" && step === "supervise" && outcome === "finished"
    ),
  );
  assertEquals(records.length, 4);
  const again = await run.step("supervise");
  assertEquals([again.code, again.records.length, (again.records[0]!.counts as Record<string, number>).updates], [
    0,
    1,
    0,
  ]);
  assertStringIncludes(again.stderr, "nothing to do");
});

Deno.test("supervise: with --stdin only these live", async () => {
  await using run = await built(3);
  const [one] = run.rows("SELECT id FROM agents ORDER BY ordinal LIMIT 1 OFFSET 1");
  const { records } = await run.step("supervise", ["--stdin"], `${JSON.stringify({ id: one!.id, ok: true })}\n`);
  assertEquals(records.filter(({ type }) => type === "agent.evaluated").map(({ id }) => id), [one!.id]);
  assertEquals((await evaluated(run)).length, 2);
});

Deno.test("supervise: killed anywhere and started again it ends the same, whatever the slots", async () => {
  await using whole = await built(12);
  await using killed = await built(12);
  await evaluated(whole, "--concurrency", "1");
  // Each write of the log is a place to be killed at; a transaction of the step makes one or more of them.
  // The first time it is killed as soon as something is started that has no result yet.
  const isStarted = () => killed.rows("SELECT 1 FROM evaluations WHERE outcome IS NULL").length > 0;
  for (const writes of ["started", 1, 2, 3, 4, 6, 9] as const) {
    const watcher = Deno.watchFs(killed.paths.workspace);
    const child = killed.start("supervise");
    await child.stdin.close();
    const ended = child.output();
    let seen = 0;
    ended.then(() => watcher.close()).catch(() => {});
    for await (const { paths, kind } of watcher) {
      if (kind !== "modify" || !paths.some((path) => path.endsWith("-wal"))) continue;
      if (writes === "started" ? !isStarted() : ++seen < writes) continue;
      child.kill("SIGKILL");
      break;
    }
    await ended;
  }
  const [started] = killed.rows("SELECT max(attempt) AS most FROM evaluations");
  assert(started!.most as number > 1, "no kill came between a start and its result");
  await evaluated(killed);
  assertEquals(digest(killed), digest(whole));
});

Deno.test("supervise: --isolation shared comes to the same as process, under the same permission set", async () => {
  await using own = await built(3);
  await using shared = await built(3);
  await evaluated(own);
  const { code, records, stderr } = await shared.step("supervise", ["--isolation", "shared"]);
  assertEquals(code, 0, stderr);
  const { isolation, counts } = records.at(-1)! as { isolation: string; counts: Record<string, number> };
  assertEquals([isolation, counts.finished, counts.alone], ["shared", 3, 0]);
  assertEquals(digest(shared), digest(own));
});

Deno.test("supervise: a name of an isolation that there is not, or too many slots, is misuse", async () => {
  await using run = await NamedRun.make();
  for (const flags of [["--isolation", "proces"], ["--concurrency", "0"], ["--concurrency", "many"], ["--slot", "2"]]) {
    const { code, stderr } = await run.step("supervise", flags);
    assertEquals([flags[1], code], [flags[1], 2]);
    assert(!stderr.includes("    at "), stderr);
  }
  const { stderr } = await run.step("supervise", ["--isolation", "proces"]);
  assertStringIncludes(stderr, "process");
});

Deno.test("supervise: without a listing it says to run init", async () => {
  await using run = await NamedRun.make();
  const { code, stderr } = await run.step("supervise");
  assertEquals(code, 1);
  assertStringIncludes(stderr, "deno task init");
});

Deno.test("the permission set of supervise holds no private key, no configuration, no program but the shell", async () => {
  const asked: Deno.PermissionDescriptor[] = [
    { name: "read", path: "workspace/keys/private" },
    { name: "read", path: "/etc/passwd" },
    { name: "write", path: "workspace/keys" },
    { name: "write", path: "workspace/config.json" },
    { name: "write", path: "workspace/store" },
    { name: "write", path: "workspace/template" },
    { name: "write", path: "lib" },
    { name: "write", path: "deno.json" },
    { name: "run" },
    { name: "run", command: "deno" },
    { name: "net" },
    { name: "env" },
    { name: "ffi" },
    { name: "sys" },
  ];
  const probe = await Deno.makeTempFile({ suffix: ".ts" });
  await Deno.writeTextFile(
    probe,
    `console.log(JSON.stringify((${JSON.stringify(asked)} as Deno.PermissionDescriptor[])
      .filter((one) => Deno.permissions.querySync(one).state === "granted")));`,
  );
  const { stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-q", "--no-prompt", "--config", "deno.json", "-P=supervise", probe],
  }).output();
  assertEquals(JSON.parse(new TextDecoder().decode(stdout) || "null"), [], new TextDecoder().decode(stderr));
});

Deno.test("supervise: with too few descriptors says how many it takes, and starts nothing", async () => {
  await using run = await built(3);
  const step = 'exec "$0" run -q --no-prompt -P=supervise pipelines/supervise.ts --run "$1" --concurrency 8';
  const { code, stdout, stderr } = await new Deno.Command("/bin/sh", {
    args: ["-c", `ulimit -n 70; ${step}`, Deno.execPath(), run.name],
    cwd: projectRoot,
  }).output();
  const text = new TextDecoder();
  assertEquals([code, JSON.parse(text.decode(stdout)).issue.code], [1, "machine.descriptors"], text.decode(stderr));
  // Three evaluations and their judge.
  assertStringIncludes(text.decode(stderr), "Cannot run 4 processes");
  assertStringIncludes(text.decode(stderr), "76 descriptors for one process: it has 70 (`ulimit -n 76` raises that");
  assertEquals(run.rows("SELECT 1 FROM evaluations"), []);
  assertEquals((await evaluated(run, "--concurrency", "8")).length, 3);
});
