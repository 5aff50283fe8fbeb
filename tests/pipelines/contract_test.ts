import { assert, assertEquals, assertNotEquals, assertNotMatch, assertStringIncludes } from "@std/assert";
import { sha256 } from "../../lib/util/hash.ts";
import { Listing } from "../../lib/db/listing.ts";
import { projectRoot } from "../../lib/run/paths.ts";
import { stepCommand } from "../../lib/step/command.ts";
import { blocks } from "../docs_pages.ts";
import { isAll } from "../matrix.ts";
import { pipeline, run, TestRun } from "../step/_run.ts";

/** What each step declares; every step has the rest of the contract in common. */
const steps: Record<
  string,
  { stdin?: boolean; workers?: boolean; creates?: boolean; formats?: string; needs?: string[]; run?: false }
> = {
  init: { workers: true, creates: true },
  key: { creates: true, run: false },
  keys: { creates: true, run: false },
  scan: { stdin: true, workers: true },
  "sync-wiring": { stdin: true, workers: true },
  build: { stdin: true, workers: true },
  supervise: { stdin: true, workers: true },
  select: { stdin: true },
  report: { formats: "ndjson, json, table, md or html" },
  hooks: {},
  export: { formats: "parquet, csv, ndjson or alife", needs: ["--out", "/tmp/never"] },
  metrics: { needs: ["--out", "/tmp/never.prom"] },
  draw: {},
  race: { workers: true },
  controls: { workers: true },
  ablate: { workers: true },
  lifecycle: { workers: true },
  start: { workers: true, creates: true },
  evaluator: { creates: true, run: false, needs: ["--server", "nats://127.0.0.1:1"] },
  runs: { creates: true, run: false },
  status: { stdin: true },
  explain: { needs: ["00000000-0000-8000-8000-000000000000"] },
  logs: { needs: ["00000000-0000-8000-8000-000000000000"] },
  stop: { stdin: true },
  backup: { needs: ["runs/never.tar.gz"] },
  restore: { creates: true, needs: ["runs/never.tar.gz"] },
  doctor: {},
  try: { workers: true, formats: "ndjson, json, table or md" },
  compare: { workers: true, creates: true, formats: "ndjson, json, table, md or html", needs: ["--budget", "900"] },
  enable: { needs: ["00000000-0000-8000-8000-000000000000"] },
};

Deno.test("deno.json has a described task and a permission set for each step", async () => {
  const { tasks, permissions } = JSON.parse(await Deno.readTextFile(`${projectRoot}/deno.json`));
  for (const step of Object.keys(steps)) {
    assertEquals(tasks[step].command, ["deno", ...stepCommand(step)].join(" "));
    assert(permissions[step]);
  }
  for (const [name, task] of Object.entries(tasks)) assert((task as { description?: string }).description, name);
});

for (const [index, [step, declared]] of Object.entries(steps).entries()) {
  const { stdin, workers, creates, formats, needs = [], run: ofRun = true } = declared;
  Deno.test(`${step} keeps the contract of steps`, async (t) => {
    await using test = new TestRun();
    const at = ["--run", test.name, ...needs];
    const step_ = (args: string[], input?: string) => run(pipeline(step, ...args), input);

    await t.step("--help tells what it does, and its flags", async () => {
      const { code, out, err } = await step_(["--help"]);
      assertEquals([code, err], [0, ""]);
      for (const flag of ["--format", "--log-level", "--quiet", "--help"]) assertStringIncludes(out, flag);
      assertEquals(out.includes("--run"), ofRun);
      assertEquals(out.includes("--stdin"), Boolean(stdin));
      assertEquals(out.includes("--workers"), Boolean(workers));
    });

    await t.step("an unknown flag or value exits 2 and names the nearest valid one", async () => {
      const cases: [string[], string][] = [
        [["--qiuet"], "nearest valid one is --quiet"],
        [["--format", "ndjsn"], `${formats ?? "ndjson, json or table"}; the nearest valid one is ndjson`],
        [["--log-level", "dbug"], "nearest valid one is debug"],
        [["--run", "a/b"], ofRun ? "nearest valid one is a-b" : "no such flag"],
        ...(stdin ? [] : [[["--stdin"], "no such flag"] as [string[], string]]),
        ...(workers ? [] : [[["--workers", "2"], "no such flag"] as [string[], string]]),
      ];
      const tried = cases.filter((one, i) =>
        isAll || i === index % cases.length || (formats && one[0][0] === "--format")
      );
      await Promise.all(tried.map(async ([args, wanted]) => {
        const { code, out, err } = await step_([...args, ...needs]);
        assertEquals([args, code, out], [args, 2, ""]);
        assertStringIncludes(err, wanted);
        assertNotMatch(err, /\n +at /);
      }));
    });

    if (!creates) {
      await t.step("without a listing it exits 1 and says to run init", async () => {
        const { code, err, records } = await step_(at);
        assertEquals([code, records.at(-1)?.ok], [1, false]);
        assertStringIncludes(err, `run \`deno task init --run ${test.name}\` first`);
        assertEquals(await Deno.stat(test.paths.root).catch(() => "none"), "none");
      });
    }

    if (stdin) {
      await t.step("a bad line on stdin exits 2 and does nothing", async () => {
        test.list(1);
        const before = await Deno.readFile(test.paths.listing);
        const { code, out, err } = await step_([...at, "--stdin"], '{"id":null}\nscan: hello\n');
        assertEquals([code, out.includes('"ok":true')], [2, false]);
        assertStringIncludes(err, "Cannot read line 2 of stdin: expected a JSON object");
        assertEquals(await Deno.readFile(test.paths.listing), before);
      });
    }
  });
}

Deno.test("status tells of every agent in the order of creation, with exactly its fields", async () => {
  await using test = new TestRun().list(2).list(1, "dead").list(1, "disabled");
  const { records } = await run(pipeline("status", "--run", test.name));
  const agents = records.slice(0, -1);
  assertEquals(agents.map(({ id, status }) => [id, status]), [
    [test.ids[0], "active"],
    [test.ids[1], "active"],
    [test.ids[2], "dead"],
    [test.ids[3], "disabled"],
  ]);
  assertEquals(Object.keys(agents[0]!).toSorted(), [
    "buildHash",
    "codeHash",
    "crashes",
    "energy",
    "generation",
    "genomeHash",
    "id",
    "ok",
    "parents",
    "reason",
    "score",
    "scoredGenomeHash",
    "status",
    "step",
    "type",
  ]);
  const two = await run(pipeline("status", "--run", test.name, "--stdin"), `{"id":"${test.ids[3]}"}\n{"id":"x"}\n`);
  assertEquals(two.records.slice(0, -1).map(({ id, ok }) => [id, ok]), [["x", false], [test.ids[3], true]]);
});

Deno.test("status tells a digest of what evolution made of all agents, which can be made by hand", async () => {
  await using test = new TestRun().list(2).list(1, "dead");
  {
    using listing = Listing.open(test.paths.listing);
    listing.run("UPDATE agents SET score = 0.1 + 0.2, energy = 1e-7, crashes = 2 WHERE ordinal = 1");
    listing.run("INSERT INTO cycles (cycle, state) VALUES (3, 'closed'), (4, 'open')");
  }
  const status = (...args: string[]) => run(pipeline("status", "--run", test.name, ...args));
  const { out, records } = await status();
  const [page] = (await blocks("docs/reproducibility.md", "sh")).flatMap((code) =>
    /deno eval '([^']+)'/.exec(code) ?? []
  )
    .slice(1);
  const lines = await run(["eval", page!], out);
  assertEquals(lines.out.trimEnd().split("\n").length, 3);
  assertEquals([records.at(-1)!.digest, records.at(-1)!.cycle], [await sha256(lines.out), 3]);
  const table = await status("--format", "table");
  assertStringIncludes(table.err, `the digest after cycle 3 is ${records.at(-1)!.digest}`);
  const some = await run(pipeline("status", "--run", test.name, "--stdin"), `{"id":"${test.ids[0]}"}\n`);
  assertEquals(some.records.at(-1)!.digest, undefined);

  // Each of its fields counts, and nothing else does.
  const digestAfter = async (change: string) => {
    using listing = Listing.open(test.paths.listing);
    listing.run(`UPDATE agents SET ${change} WHERE ordinal = 1`);
    return (await status()).records.at(-1)!.digest;
  };
  let former = records.at(-1)!.digest;
  for (const change of ["code_hash = 'x'", "build_hash = 'x'", "reason = 'x'", "backoff_until_cycle = 9"]) {
    assertEquals(await digestAfter(change), former, change);
  }
  const counted = ["status = 'disabled'", "generation = 1", `parents = '[{"id":"x"}]'`, "genome_hash = 'x'"];
  for (const change of [...counted, "score = NULL", "energy = 2", "crashes = 0", "id = 'x'"]) {
    const digest = await digestAfter(change);
    assertNotEquals(digest, former, change);
    former = digest;
  }
});

Deno.test("status --format table shows people age, last evaluation and back-off besides", async () => {
  await using test = new TestRun().list(2);
  {
    using listing = Listing.open(test.paths.listing);
    listing.run("INSERT INTO cycles (cycle, state) VALUES (3, 'closed'), (4, 'open')");
    listing.run("UPDATE agents SET backoff_until_cycle = 6, crashes = 2 WHERE ordinal = 0");
    listing.run(
      `INSERT INTO evaluations (cycle, agent, kind, genome_hash, code_hash, build_hash, inputs, outcome, wall_ms)
        VALUES (3, ?1, 'judged', 'g', 'c', 'b', '{}', 'crash', 17.3), (4, ?1, 'judged', 'g', 'c', 'b', '{}', NULL, NULL)`,
      test.ids[0]!,
    );
  }
  const { out } = await run(pipeline("status", "--run", test.name, "--format", "table"));
  const [heading, first, second] = out.split("\n").map((line) => line.split(/ {2,}/));
  assertEquals(heading!.slice(2, 10), [
    "generation",
    "age",
    "score",
    "energy",
    "last",
    "ms",
    "crashes",
    "backoffUntilCycle",
  ]);
  assertEquals(first!.slice(2, 10), ["0", "4", "–", "100", "crash", "17", "2", "6"]);
  assertEquals(second!.slice(2, 10), ["0", "4", "–", "100", "–", "–", "0", "–"]);
});

Deno.test("status tells of residents beside their agents, and of what is known of their present process only", async () => {
  await using test = new TestRun().list(3);
  {
    using listing = Listing.open(test.paths.listing);
    const insert = `INSERT INTO residents (agent, pid, started_at, restarts, cpu_seconds, memory_bytes, sampled_at)
      VALUES (?, ?, ?, ?, ?, ?, ?)`;
    const since = "2026-01-01T00:00:00.000Z";
    listing.run(insert, test.ids[1]!, 4711, since, 2, 1.5, 42 * 1_048_576, "2026-01-01T00:01:00.000Z");
    listing.run(insert, test.ids[0]!, 4712, since, 1, 9, 9, "2025-12-31T23:59:59.000Z");
    listing.run("UPDATE residents SET backoff_until_ms = 1000 WHERE pid = 4712");
  }
  const { records } = await run(pipeline("status", "--run", test.name, "--residents"));
  const found = records.filter(({ type }) => type === "resident.status");
  assertEquals(
    found.map((
      { id, pid, cpuShare, memoryBytes, backoffUntil },
    ) => [id, pid, cpuShare, memoryBytes, backoffUntil]),
    [
      [test.ids[0], 4712, null, null, "1970-01-01T00:00:01.000Z"],
      [test.ids[1], 4711, 0.025, 42 * 1_048_576, null],
    ],
  );
  // Runs are compared by the records of agents: residents change nothing in them, and are told of only if asked for.
  const usual = await run(pipeline("status", "--run", test.name));
  assertEquals(usual.records.slice(0, -1), records.filter(({ type }) => type === "agent.status"));
  const { out } = await run(pipeline("status", "--run", test.name, "--format", "table"));
  const [heading, ...lines] = out.trimEnd().split("\n").map((line) => line.split(/ {2,}/));
  const cells = (line: string[]) => ["pid", "restarts", "cpu", "memory"].map((name) => line[heading!.indexOf(name)]);
  assertEquals(lines.map(cells), [["4712", "1", "–", "–"], ["4711", "2", "2.5 %", "42 MiB"], ["–", "–", "–", "–"]]);
});

Deno.test("enable takes ids or how they begin, and says what it refuses", async () => {
  await using test = new TestRun().list(1).list(1, "dead").list(1, "disabled");
  const enable = (...args: string[]) => run(pipeline("enable", "--run", test.name, ...args));
  const [active, dead, disabled] = test.ids as [string, string, string];
  const refusals: [string, string][] = [["x", "agent.unknown"], ["0000", "agent.ambiguous"]];
  for (const [text, issue] of refusals) {
    const { code, records } = await enable(disabled, text);
    assertEquals([code, records.length, (records[0]!.issue as { code: string }).code], [2, 1, issue]);
  }
  using listing = Listing.open(test.paths.listing);
  listing.run("UPDATE agents SET id = 'abcd' || substr(id, 5) WHERE ordinal = 2");
  const { code, records } = await enable(active, dead, "ABC", "abcd", dead);
  assertEquals(code, 0);
  assertEquals(records.slice(0, -1).map(({ id, ok, enabled }) => [id, ok, enabled]), [
    [active, true, false],
    [dead, false, false],
    [`abcd${disabled.slice(4)}`, true, true],
  ]);
  assertStringIncludes((await enable("abc")).err, "nothing to do");
});
