import { assert, assertEquals, assertMatch, assertNotEquals, assertNotMatch, assertStringIncludes } from "@std/assert";
import { tinyFiles } from "../agents/made_run.ts";
import { Population } from "../acceptance/_population.ts";
import { filesBelow, Hub, type Ran } from "./_hub.ts";
import { holds, secretsOf } from "./_secrets.ts";

/** What `uses:` the action, as docs/github.md has it; inputs as YAML. */
const workflow = (inputs: Readonly<Record<string, string>>) =>
  `on: workflow_dispatch
jobs:
  evolve:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@de0fac2e4500dabe0009e67214ff5f5447ce83dd # v6.0.2
        with: { persist-credentials: false }
      - id: evolve
        uses: OWNER/REPO@SHA
        with: ${JSON.stringify(inputs)}
`;

const dispatched = { event_name: "workflow_dispatch" } as const;
const common = { template: "template", count: "6", seed: "7", cycles: "1" };
/** The same where it does not matter how agents are kept apart: this way is the quickest. */
const quick = { ...common, count: "2", isolation: "shared" };

const template = (folder = "template", changes: Readonly<Record<string, string>> = {}) =>
  Object.fromEntries(Object.entries({ ...tinyFiles, ...changes }).map(([path, text]) => [`${folder}/${path}`, text]));

/** A job that must be green. */
async function green(job: Promise<Ran>): Promise<Ran & { outputs: { evolve: { outputs: Record<string, string> } } }> {
  const ran = await job;
  assertEquals([ran.conclusion, ran.errors], ["success", []], ran.log);
  // deno-lint-ignore no-explicit-any
  return ran as any;
}

/** A change by which a template is refused. */
const refused = { "src/walker.ts": "export const x = ;\n" };

/** The steps have refused a template of that kind. */
function demandRefused(ran: Ran): void {
  assertEquals(ran.conclusion, "failure");
  assertMatch(ran.errors.join("\n"), /^::error .*walker\.ts/m);
  assertMatch(ran.summary, /^## What failed$/m);
}

/** What is cached or uploaded holds nothing of the keys of the job's project. */
async function demandNoKeys(hub: Hub, ran: Ran): Promise<void> {
  const secrets = secretsOf(`${ran.project}/workspace/keys`);
  for (
    const folder of [
      ...hub.artifacts.values(),
      ...[...hub.caches.values()].map((file) => file.replace(/[^/]+$/, "")),
    ]
  ) {
    for (const [path, bytes] of filesBelow(folder)) {
      assert(!await holds(bytes, secrets), `${path} holds a byte of a key`);
    }
  }
}

Deno.test("action: two jobs chained by the backup end as one local run; with another template one takes the artifact's", async () => {
  await using hub = await Hub.make(template());
  const first = await green(hub.run(workflow(common), dispatched));
  const second = await green(hub.run(workflow({ ...common, isolation: "shared" }), dispatched));
  assertStringIncludes(first.log, "no cache for evolve-main-");
  assertStringIncludes(second.log, `restored the cache ${[...hub.caches.keys()][0]}`);
  assertMatch(
    [...hub.caches.keys()].join(" "),
    /^evolve-main-[0-9a-f]{16}-1-1001-1 evolve-main-[0-9a-f]{16}-1-1002-1$/,
  );

  await using local = await Population.make(6, "--template", `${hub.repository}/template`);
  await local.step("lifecycle", "--cycles", "2", "--isolation", "shared");
  const { digest } = (await local.step("status")).records.at(-1)!;
  const { outputs } = second.outputs.evolve;
  assertEquals(outputs, {
    best: "evolve-out/best",
    digest: digest as string,
    cycles: "2",
    report: "evolve-out/report.html",
    backup: "evolve-out/backup.tar.gz",
  });
  assertNotEquals(first.outputs.evolve.outputs.digest, digest);

  const uploaded = filesBelow(hub.artifacts.get("1002/evolve-main-1")!);
  assertEquals([...uploaded.keys()], [
    "backup.tar.gz",
    ...[
      "deno.json",
      "dist/main.js",
      "genome.bin",
      "src/main.ts",
      "src/mod.ts",
      "src/seed.ts",
      "src/walker.ts",
      "world.ts",
    ]
      .map((path) => `best/${path}`),
    ...["lineage.csv", "records.ndjson", "report.html", "report.json", "report.md"],
  ]);
  for (const path of ["best", "report", "backup"]) assert(Deno.statSync(`${second.workspace}/${outputs[path]}`));
  assertMatch(second.summary, /\| cycles \| 2 \|/);
  assert(second.summary.length < 100_000);
  for (const ran of [first, second]) await demandNoKeys(hub, ran);
  assertNotEquals(secretsOf(`${first.project}/workspace/keys`), secretsOf(`${second.project}/workspace/keys`));

  await hub.write({ "template/src/walker.ts": `${tinyFiles["src/walker.ts"]}\n// Changed.\n` });
  await Deno.writeFile(`${hub.repository}/earlier.tar.gz`, uploaded.get("backup.tar.gz")!);
  const third = await green(hub.run(workflow({ ...common, cycles: "0", archive: "earlier.tar.gz" }), dispatched));
  assertStringIncludes(third.log, "no cache for");
  assertEquals(third.outputs.evolve.outputs.cycles, "2");
});

Deno.test("action: a template that fails makes the job red, with report and backup", async () => {
  const failing = tinyFiles["world.ts"]!.replace(
    "return { moved: 0 };",
    `throw new Error("a wall\\n::warning::is missing");`,
  );
  await using hub = await Hub.make(template("template", { "world.ts": failing }));
  const ran = await hub.run(workflow({ ...common, count: "2" }), dispatched);
  assertEquals(ran.conclusion, "failure");
  const uploaded = [...filesBelow(hub.artifacts.get("1001/evolve-main-1")!).keys()];
  assertEquals(uploaded, [
    ...["backup.tar.gz", "lineage.csv", "records.ndjson", "report.html", "report.json", "report.md"],
  ]);
  assertEquals(hub.caches.size, 1);
  assertMatch(ran.summary, /^# Report of the run$/m);
  assertMatch(ran.summary, /^## What failed$/m);
  assertEquals((ran.outputs.evolve as { outputs: Record<string, string> }).outputs.cycles, "0");
  assertEquals(ran.errors.length > 0, true, ran.log);
  for (const error of ran.errors) assertMatch(error, /^::error /);
  await demandNoKeys(hub, ran);
});

Deno.test("action: a template that is refused makes the job red, and says why", async () => {
  await using hub = await Hub.make(template("template", refused));
  const ran = await hub.run(workflow(common), dispatched);
  demandRefused(ran);
  assertEquals([...filesBelow(hub.artifacts.get("1001/evolve-main-1")!).keys()], ["records.ndjson"]);
  assertEquals(hub.caches.size, 0);
});

Deno.test("action names of folders and texts of inputs are never read as commands", async () => {
  const name = "$(touch x) `touch x`; touch x \"'";
  const files = { ...template("$(touch x)", refused), ...template(name), [`${name}.json`]: "{}" };
  await using hub = await Hub.make(files);
  const run = (folder: string) =>
    hub.run(workflow({ ...common, template: folder, cycles: "0", config: `${name}.json` }), dispatched);
  // A job that fails has the folder's name in one block more.
  demandRefused(await run("$(touch x)"));
  assertEquals(await hub.named("x"), []);
  assertEquals((await green(run(name))).outputs.evolve.outputs.cycles, "0");
  assertEquals(await hub.named("x"), []);
});

Deno.test("action ends the evolution three minutes before the job's time is up, and is green", async () => {
  await using hub = await Hub.make(template());
  // The clock of the job: when the evolution begins, one of the four minutes' seconds is left.
  const clock =
    `#!/bin/sh\nif [ -e "$RUNNER_TEMP/begun" ]; then echo 1059; else echo 1000; touch "$RUNNER_TEMP/begun"; fi\n`;
  await hub.program("date", clock);
  const inputs = { ...quick, cycles: "100000", "timeout-minutes": "4" };
  const ran = await green(hub.run(workflow(inputs), dispatched));
  assertStringIncludes(ran.log, '"reason":"minutes"');
  assertStringIncludes(ran.summary, "The evolution of this job ended for: minutes.");
  assertEquals(hub.caches.size, 1);
});

Deno.test("action: a job that is cancelled saves what is done", async () => {
  await using hub = await Hub.make(template());
  const trigger = { ...dispatched, cancelAt: '"type":"cycle.finished","step":"lifecycle"' };
  const ran = await hub.run(workflow({ ...quick, cycles: "100000" }), trigger);
  assertEquals([ran.conclusion, ran.errors, hub.caches.size], ["cancelled", [], 1], ran.log);
  assertMatch(ran.log, /"type":"step\.finished","step":"lifecycle"/);
  assert([...filesBelow(hub.artifacts.get("1001/evolve-main-1")!).keys()].includes("report.html"));
});

Deno.test("action: inputs that can't be used are refused by name, before anything is done", async () => {
  await using hub = await Hub.make({ ...template(), ...template("."), "file": "" });
  const wrong: Record<string, string>[] = [
    { template: "" },
    { template: "nowhere" },
    { template: "file" },
    { template: "/etc" },
    { config: "nowhere.json" },
    { config: "template" },
    { plugins: "file" },
    { archive: "nowhere.tar.gz" },
    { run: "../main" },
    { run: "" },
    { cycles: "" },
    { cycles: "-1" },
    { cycles: "$(touch x)" },
    { count: "0" },
    { count: "many" },
    { seed: "$(touch x)" },
    { isolation: "nonsense" },
    { "retention-days": "0" },
    { "timeout-minutes": "3" },
    { "timeout-minutes": "half an hour" },
    { "timeout-minutes": "%0A\n::warning::x" },
  ];
  let project: string | undefined;
  for (const inputs of wrong) {
    const [[name]] = Object.entries(inputs) as [[string, string]];
    const ran = await hub.run(workflow({ ...common, ...inputs }), dispatched, { project });
    project = ran.project;
    assertEquals(ran.conclusion, "failure", name);
    assertEquals(ran.errors.length, 1, ran.log);
    assertStringIncludes(ran.errors[0]!, `::error::Cannot use ${name} as it must be `);
    assertNotMatch(ran.log, /^::warning/m);
    assertEquals(await hub.named("x"), []);
    assertEquals([hub.artifacts.size, hub.caches.size, ran.log.includes("Evolve: skipped")], [0, 0, true]);
  }
});

Deno.test("action gets the version of Deno that it was tested with, where the runner has none or another", async () => {
  await using hub = await Hub.make(template("template", refused));
  const version = (await Deno.readTextFile(`${import.meta.dirname}/../../.dvmrc`)).trim();
  const folder = await hub.folder("of-npx");
  const deno = `#!/bin/sh\necho "deno 1.0.0 (stable, release, x86_64-unknown-linux-gnu)"\n`;
  const npx = `#!/bin/sh\n[ "$*" = "-y deno@${version} eval console.log(Deno.execPath())" ] && echo ${folder}/deno\n`;
  await Deno.copyFile(Deno.execPath(), `${folder}/deno`);
  await hub.program("deno", deno);
  await hub.program("npx", npx);
  // It is this one that says what is wrong with the template.
  demandRefused(await hub.run(workflow(common), dispatched));
});

Deno.test("action: configuration and plugins come from the repository", async () => {
  await using hub = await Hub.make({
    ...template(),
    "evolve.json": JSON.stringify({ fitness: { module: "plugins/mine.ts" } }),
    "own/mine.ts": 'export default () => {\n  console.log("called");\n  return 42;\n};\n',
  });
  const inputs = { ...quick, config: "evolve.json", plugins: "own" };
  const ran = await green(hub.run(workflow(inputs), dispatched, { plugins: true }));
  assertMatch(ran.log, /plugins\/mine\.ts.*called/);
  const closed = await hub.run(workflow(inputs), dispatched);
  assertEquals(closed.conclusion, "failure");
  assertMatch(closed.errors.join("\n"), /^::error::Cannot use plugins as the action's own folder.*must be writable/);
  const missing = await hub.run(workflow({ ...quick, config: "evolve.json" }), dispatched);
  assertEquals(missing.conclusion, "failure");
});
