import { assert, assertEquals, assertMatch, assertNotMatch, assertRejects, assertStringIncludes } from "@std/assert";
import { Listing } from "../../../lib/db/listing.ts";
import { projectRoot } from "../../../lib/run/paths.ts";
import { metrics } from "../../../lib/steps/metrics/metrics.ts";
import { Misuse } from "../../../lib/util/issue.ts";
import { hasProgram } from "../../has_program.ts";
import { pipeline, run as runStep, TestRun } from "../../step/_run.ts";
import { makeStep } from "../report/made_step.ts";
import { makeEvents } from "../hooks/made_events.ts";

const promtool = hasProgram("promtool");

/** A listing as three cycles leave it, of which the first was compacted. */
function fill(path: string): void {
  using listing = Listing.open(path);
  const agent = (ordinal: number, status: string, code: string | null, kind = "birth", backoff = 0) =>
    listing.run(
      `INSERT INTO agents (ordinal, id, status, code, kind, stage, generation, born, genome_hash, code_hash, energy,
        backoff_until_cycle) VALUES (?1, 'i' || ?1, ?2, ?3, ?4, 'adult', 0, 0, 'G' || (?1 % 2), 'C', 1, ?5)`,
      ordinal,
      status,
      code,
      kind,
      backoff,
    );
  agent(0, "active", null, "init");
  agent(1, "active", null, "birth", 9);
  agent(2, "disabled", "evaluation.crash");
  agent(3, "dead", "died.rank", "init");
  agent(4, "dead", "died.energy", "copy");
  const score = { best: -3, median: -5, mean: -6.5, ranked: 2 };
  const objective = { name: "length", sense: "minimise", best: 3, median: 5, mean: 6.5 };
  for (const cycle of [1, 2, 3]) {
    const statistics = JSON.stringify({ cycle, score, objective });
    listing.run("INSERT INTO cycles (cycle, state, statistics) VALUES (?, 'closed', ?)", cycle, statistics);
  }
  listing.run(`INSERT INTO cycle_reports VALUES (1, '{"outcomes":{"finished":4,"crash":1}}')`);
  const evaluation = (cycle: number, id: string, outcome: string, measures: string | null) =>
    listing.run(
      `INSERT INTO evaluations (cycle, agent, kind, genome_hash, code_hash, build_hash, inputs, outcome, measures)
        VALUES (?, ?, 'judged', 'G', 'C', 'B', '{}', ?, ?)`,
      cycle,
      id,
      outcome,
      measures,
    );
  evaluation(1, "i0", "finished", null); // It is counted in the report of its cycle.
  evaluation(2, "i0", "finished", null);
  evaluation(2, "i1", "killed", null);
  evaluation(3, "i0", "finished", '{"length":3,"odd name \\"x":1,"text":"no number"}');
  evaluation(3, "i1", "finished", '{"length":5}');
  evaluation(3, "i2", "cpu", null);
  const stages = { work: { count: 3, total: 600 } };
  listing.run("INSERT INTO step_runs VALUES (1, 3, 'scan', 1500, ?)", JSON.stringify({ updates: 1, stages }));
  listing.run("INSERT INTO step_runs VALUES (2, 3, 'scan', 500, '{}')");
  listing.run("INSERT INTO deliveries VALUES ('hook:a', 1, 0, 0, 0)");
}

Deno.test("metrics() tells of population, scores, births, deaths, evaluations, times, hooks and disk", async () => {
  const root = await makeEvents(3);
  fill(`${root}/workspace/listing.db`);
  await Deno.mkdir(`${root}/logs`);
  await Deno.writeTextFile(`${root}/logs/a`, "x".repeat(100_000));
  const { step, printed } = makeStep(root, { name: "r" });
  await metrics(step, undefined);
  const [text] = printed as [string];
  for (
    const line of [
      'evolve_agents{run="r",status="active"} 2',
      'evolve_agents{run="r",status="disabled"} 1',
      'evolve_agents{run="r",status="dead"} 2',
      'evolve_agents_in_backoff{run="r"} 1',
      'evolve_agents_disabled{run="r",code="evaluation.crash"} 1',
      'evolve_genomes{run="r"} 2',
      'evolve_births_total{run="r",kind="init"} 2',
      'evolve_births_total{run="r",kind="copy"} 1',
      'evolve_deaths_total{run="r",code="died.rank"} 1',
      'evolve_deaths_total{run="r",code="died.energy"} 1',
      'evolve_cycles_total{run="r"} 3',
      'evolve_score{run="r",stat="best"} -3',
      'evolve_objective{run="r",objective="length",sense="minimise",stat="best"} 3',
      'evolve_measure{run="r",measure="length",stat="mean"} 4',
      'evolve_measure{run="r",measure="odd name \\"x",stat="max"} 1',
      'evolve_evaluations_total{run="r",outcome="finished"} 7',
      'evolve_evaluations_total{run="r",outcome="crash",cause="agent"} 1',
      'evolve_evaluations_total{run="r",outcome="cpu",cause="agent"} 1',
      'evolve_evaluations_total{run="r",outcome="killed",cause="machine"} 1',
      'evolve_step_duration_seconds_sum{run="r",step="scan"} 2',
      'evolve_step_duration_seconds_count{run="r",step="scan"} 2',
      'evolve_stage_duration_seconds_sum{run="r",step="scan",stage="work"} 0.6',
      'evolve_stage_duration_seconds_count{run="r",step="scan",stage="work"} 3',
      'evolve_hook_events_waiting{run="r"} 1',
      'evolve_at_work{run="r"} 0',
    ]
  ) assertStringIncludes(`\n${text}`, `\n${line}\n`);
  assertNotMatch(text, /text|null|NaN|undefined/);
  assertMatch(text, /^evolve_last_cycle_timestamp_seconds\{run="r"\} \d{10}\.\d+$/m);
  assertMatch(text, /^evolve_disk_bytes\{run="r",folder="logs"\} \d{6,}$/m);
  assertMatch(text, /^evolve_disk_free_bytes\{run="r"\} \d+$/m);
});

Deno.test("metrics() writes a file beside its place and renames it, and says where the folder is missing", async () => {
  const root = await makeEvents(0);
  const file = `${root}/evolve.prom`;
  await Deno.writeTextFile(file, "former");
  using former = await Deno.open(file);
  await metrics(makeStep(root).step, file);
  assertStringIncludes(await Deno.readTextFile(file), 'evolve_agents{run="(top)",status="active"} 0\n');
  const bytes = new Uint8Array(10);
  assertEquals(await former.read(bytes), 6); // Who reads the former one goes on reading it.
  assertEquals([...Deno.readDirSync(root)].map(({ name }) => name).sort(), ["evolve.prom", "workspace"]);
  const error = await assertRejects(() => metrics(makeStep(root).step, `${root}/none/evolve.prom`), Misuse);
  assertStringIncludes(error.message, "its folder must be there");
});

Deno.test("metrics writes the text alone to stdout, and refuses a file that the node exporter would not read", async () => {
  await using test = new TestRun().list(2);
  const { code, out } = await runStep(pipeline("metrics", "--run", test.name));
  assertEquals([code, out.startsWith("# HELP evolve_agents ")], [0, true]);
  assert(out.split("\n").every((line) => line === "" || /^(# |evolve_)/.test(line)));
  const wrong = await runStep(pipeline("metrics", "--run", test.name, "--out", "evolve.txt"));
  assertEquals(wrong.code, 2);
  assertStringIncludes(wrong.err, "must be a file that ends in .prom");
  const file = `${await Deno.makeTempDir()}/a.prom`;
  const { records } = await runStep(pipeline("metrics", "--run", test.name, "--out", file));
  assertEquals(records.map(({ type }) => type), ["step.finished"]);
  assertEquals((await Deno.readTextFile(file)).split("\n")[0], out.split("\n")[0]);
});

/** What promtool says; empty where it finds nothing. */
async function told(args: string[], input = ""): Promise<string> {
  const child = new Deno.Command("promtool", {
    args,
    cwd: `${projectRoot}/ops/prometheus`,
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode(input));
  await writer.close();
  const { success, stdout, stderr } = await child.output();
  const decoder = new TextDecoder();
  return success ? "" : decoder.decode(stdout) + decoder.decode(stderr);
}

Deno.test(
  "promtool finds nothing wrong with the metrics (left out where it is missing)",
  { ignore: !promtool },
  async () => {
    const root = await makeEvents(3);
    fill(`${root}/workspace/listing.db`);
    const { step, printed } = makeStep(root);
    await metrics(step, undefined);
    assertEquals(await told(["check", "metrics"], printed[0]), "");
    assert(await told(["check", "metrics"], "# HELP a A\n# TYPE a counter\na 1\n") !== "");
  },
);

Deno.test("promtool: each alert fires and resolves (left out where it is missing)", { ignore: !promtool }, async () => {
  assertEquals(await told(["check", "rules", "evolve.rules.yml"]), "");
  assertEquals(await told(["test", "rules", "evolve.rules.test.yml"]), "");
  assertEquals(await told(["check", "config", "prometheus.yml"]), "");
});

interface Panel {
  readonly title: string;
  readonly targets: readonly { readonly expr: string }[];
}

const { panels } = JSON.parse(await Deno.readTextFile(`${projectRoot}/ops/grafana/evolve.json`)) as { panels: Panel[] };
const rules = await Deno.readTextFile(`${projectRoot}/ops/prometheus/evolve.rules.yml`);
const queries = panels.flatMap(({ targets }) => targets.map(({ expr }) => expr));

Deno.test("the dashboard and the alerts name metrics and labels that metrics() writes, and the dashboard all of them", async () => {
  const root = await makeEvents(3);
  fill(`${root}/workspace/listing.db`);
  const { step, printed } = makeStep(root);
  await metrics(step, undefined);
  const written = new Set(printed[0]!.match(/^evolve_\w+/gm));
  const named = new Set([...queries, rules].join("\n").match(/evolve_[a-z_]+\b(?!\.)/g));
  assertEquals([...named].filter((name) => !written.has(name)), []);
  const shown = new Set(queries.join("\n").match(/evolve_[a-z_]+/g));
  const others = ["evolve_at_work", "evolve_agents_disabled", "evolve_objective"];
  assertEquals([...written].filter((name) => !shown.has(name)).toSorted(), others.toSorted());
});

Deno.test(
  "promtool can read each query of the dashboard (left out where it is missing)",
  { ignore: !promtool },
  async () => {
    const file = `${await Deno.makeTempDir()}/queries.yml`;
    const asRules = queries.map((expr, i) => ({
      record: `query_${i}`,
      expr: expr.replaceAll("$__rate_interval", "5m").replaceAll("$run", ".*"),
    }));
    await Deno.writeTextFile(file, JSON.stringify({ groups: [{ name: "queries", rules: asRules }] }));
    assertEquals(await told(["check", "rules", file]), "");
  },
);
