import { assert, assertArrayIncludes, assertEquals, assertMatch, assertNotMatch } from "@std/assert";
import { projectRoot } from "../../lib/run/paths.ts";
import { formatVersion } from "../../lib/steps/backup/format.ts";
import { isolationNames } from "../../lib/isolation/names.ts";
import { read } from "../docs_pages.ts";
import { allSteps, readAction, readWorkflow, readYaml, workflowPaths } from "./_yaml.ts";

/** The only actions of others that are used, by their full commits. */
const pinned = [
  "actions/checkout@de0fac2e4500dabe0009e67214ff5f5447ce83dd # v6.0.2",
  "actions/cache/restore@cdf6c1fa76f9f475f3d7449005a359c84ca0f306 # v5.0.3",
  "actions/cache/save@cdf6c1fa76f9f475f3d7449005a359c84ca0f306 # v5.0.3",
  "actions/upload-artifact@bbbca2ddaa5d8feaa63e36b76fdaad77386f024f # v7.0.0",
];

const paths = [...workflowPaths, "action.yml"];

Deno.test("YAML: every action of others is pinned by its full commit, with its version", async () => {
  for (const path of [...paths, "docs/github.md"]) {
    for (const [, uses] of (await read(path)).matchAll(/(?:^ *(?:- )?|\{ )uses: ([^\s,}]+(?: # \S+)?)/gm)) {
      if (uses === "./" || uses === "OWNER/REPO@SHA") continue;
      const known = path.endsWith(".md") ? pinned.map((pin) => pin.split(" ")[0]!) : pinned;
      assertArrayIncludes(known, [path.endsWith(".md") ? uses!.split(" ")[0]! : uses!], path);
    }
  }
});

Deno.test("YAML: no block of bash holds an expression, and each says its shell", () => {
  for (const { path, step } of allSteps()) {
    if (step.run === undefined) continue;
    assertNotMatch(step.run, /\$\{\{/, `${path}: ${step.name}`);
    assertEquals(step.shell, "bash", `${path}: ${step.name}`);
  }
});

Deno.test("action.yml: where a step of the project is at work, what it prints is no command to the runner", () => {
  for (const { name, run } of readAction().runs.steps) {
    if (run === undefined || !/-P=(?!annotate)/.test(run)) continue;
    assertMatch(run, /^echo "::stop-commands::\$token"\ntrap 'echo "::\$token::"' EXIT$/m, name);
  }
});

Deno.test("YAML: workflows may read the repository and nothing else, and know no secret", async () => {
  for (const path of workflowPaths) {
    const text = await read(path);
    assertNotMatch(text, /secrets|github\.token|GITHUB_TOKEN|pull_request_target|workflow_run/, path);
    const { permissions, concurrency, jobs } = readWorkflow(path);
    assertEquals(permissions, {}, path);
    assertEquals(concurrency?.["cancel-in-progress"], false, path);
    for (const job of Object.values(jobs)) {
      assertEquals(job.permissions, { contents: "read" }, path);
      assertEquals(job["runs-on"], "ubuntu-24.04", path);
      assert(job["timeout-minutes"] !== undefined, path);
    }
  }
  assertNotMatch(await read("action.yml"), /secrets|github\.token|GITHUB_TOKEN/);
});

Deno.test("YAML: a checkout leaves no credentials behind", () => {
  for (const { path, step } of allSteps()) {
    if (step.uses?.startsWith("actions/checkout@")) assertEquals(step.with, { "persist-credentials": false }, path);
  }
});

Deno.test("YAML: only the backup is cached, and only the results are uploaded", () => {
  const kept = allSteps().filter(({ step }) => /^actions\/(cache|upload)/.test(step.uses ?? ""));
  assertEquals(kept.map(({ path, step }) => [path, step.with!.path]), [
    ["action.yml", "evolve-out/backup.tar.gz"],
    ["action.yml", "evolve-out/backup.tar.gz"],
    ["action.yml", "evolve-out/"],
  ]);
});

Deno.test("evolve.yml hands the action inputs that it has, all but the archive", () => {
  const { on, jobs } = readWorkflow(".github/workflows/evolve.yml");
  const step = jobs.evolve!.steps.find(({ uses }) => uses === "./")!;
  const offered = Object.keys(readAction().inputs).filter((name) => name !== "archive");
  assertEquals(Object.keys(step.with!).sort(), offered.sort());
  assert(typeof on === "object");
  assertEquals(Object.keys(on.workflow_dispatch!.inputs).sort(), offered.sort());
  for (const { cron } of on.schedule!) {
    const minute = Number(cron.split(" ")[0]);
    assert(minute % 2 === 1, cron);
  }
});

Deno.test("action.yml knows every way of keeping agents apart", () => {
  const block = readAction().runs.steps.find(({ id }) => id === "inputs")!.run!;
  const known = /\$ISOLATION =~ \^\((.*)\)\?\$/.exec(block)![1]!.split("|");
  assertEquals(known.sort(), [...isolationNames].sort());
});

Deno.test("action.yml names the version of backups that the code writes", () => {
  const step = readAction().runs.steps.find(({ id }) => id === "inputs")!;
  assertEquals(step.env!.FORMAT, String(formatVersion));
});

Deno.test(".dvmrc is the one place of Deno's version, which pages repeat", async () => {
  const version = (await read(".dvmrc")).trim();
  assertMatch(version, /^\d+\.\d+\.\d+$/);
  for (const path of ["README.md", "CONTRIBUTING.md"]) {
    const named = [...(await read(path)).matchAll(/deno@(\d[\d.]*\d)/g)].map(([, found]) => found);
    assertEquals(new Set(named), new Set([version]), path);
  }
  for (const path of [...paths, ".ci/run", ".ci/tools", "deno.json", "e2e/deno.json"]) {
    assertNotMatch(await read(path), /deno@\d/, path);
  }
});

Deno.test("dependabot.yml keeps the actions of all workflows current", async () => {
  const { updates } = readYaml<{ updates: Record<string, unknown>[] }>(await read(".github/dependabot.yml"));
  assertEquals(updates.map((update) => [update["package-ecosystem"], update.directory]), [["github-actions", "/"]]);
});

const shellcheck = await new Deno.Command("shellcheck", { args: ["--version"] }).output().then(() => true, () => false);
if (!shellcheck) console.error("Tests of shellcheck are left out: it is not installed.");

Deno.test("shellcheck finds nothing in any block or script", { ignore: !shellcheck }, async () => {
  const folder = await Deno.makeTempDir();
  try {
    const blocks = allSteps().flatMap(({ path, step }) => step.run === undefined ? [] : [{ path, step }]);
    const files = blocks.map(({ path, step }, index) => {
      const file = `${folder}/${index}-${path.replaceAll("/", "_")}.sh`;
      Deno.writeTextFileSync(file, `set -eo pipefail\n${step.run}`);
      return file;
    });
    const { success, stdout } = await new Deno.Command("shellcheck", {
      args: ["--shell=bash", ...files, `${projectRoot}/.ci/run`, `${projectRoot}/.ci/tools`],
    }).output();
    assert(success, new TextDecoder().decode(stdout));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
