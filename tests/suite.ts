/**
 * Runs the tests, whose files share the runs that they begin with: `deno task test` those of the parts, and
 * `deno task test:populations`, with the argument `populations`, those that drive whole populations, attack and kill them,
 * which take as long again. With `--all` whole matrices are tried (`tests/matrix.ts`); further flags are those of `deno test`.
 *
 * @module
 */

import { infoOf } from "../lib/util/files.ts";
import { pureFolders } from "./pure_folders.ts";

/** Folders of tests that take whole populations. */
const populations = ["acceptance", "attacks", "cluster", "crash", "github", "pipelines"].map((name) => `tests/${name}`);
const isAll = Deno.args.includes("--all");
const given = Deno.args.filter((arg) => arg !== "--all");
const ofPopulations = given[0] === "populations";
const flags = ofPopulations ? given.slice(1) : given;

/** What the gate leaves out: by its task, with what is tried of it. */
const leftOut = {
  test: [],
  populations: [
    "most pairs of a template and an isolation, in tests/acceptance/isolation_test.ts",
    "strategies that go by fitness as the default one does, and most kills, in tests/acceptance/twin_test.ts",
    "most pairs of a step and a wrong flag, in tests/pipelines/contract_test.ts",
    "most pairs of a step and a damaged listing, in tests/crash/circumstances_test.ts",
    "an evaluator that stands still for longer than its batch may, in tests/cluster/evaluators_test.ts",
    "evaluators by Slurm, systemd and the compose file, in tests/cluster",
    "links of logs alone and of one run, in tests/acceptance/links_test.ts",
  ],
} as const;

/** The files that take longest, which begin first: one that begins last keeps one core busy while the others are idle. */
const longest = [
  "attacks/attacks_test.ts",
  "acceptance/twin_test.ts",
  "cluster/evaluators_test.ts",
  "cluster/ssh_test.ts",
  "how_to_test.ts",
  "tutorial_test.ts",
  "acceptance/isolation_test.ts",
  "acceptance/few_processes_test.ts",
  "acceptance/blame_test.ts",
  "acceptance/links_test.ts",
  "github/action_test.ts",
  "steps/evaluator/evaluator_test.ts",
  "steps/doctor/doctor_test.ts",
  "steps/backup/backup_test.ts",
  "steps/lifecycle/minutes_test.ts",
  "steps/race/controls_test.ts",
  "steps/ablate/ablate_test.ts",
  "pipelines/lifecycle_test.ts",
  "linear_test.ts",
  "pipelines/contract_test.ts",
  "crash/circumstances_test.ts",
  "crash/points_test.ts",
].map((path) => `tests/${path}`).filter((path) =>
  infoOf(path)?.isFile && populations.some((folder) => path.startsWith(`${folder}/`)) === ofPopulations
);

/** All else under `tests/`, by name: deno test leaves out nothing below a path that it is given. */
const apart = [...populations, ...pureFolders.map((name) => `tests/${name}`)];
const parts = [...Deno.readDirSync("tests")]
  .filter(({ name, isDirectory }) => isDirectory || name.endsWith("_test.ts") || name === "together.ts")
  .map(({ name }) => `tests/${name}`)
  .filter((path) => !apart.includes(path)).sort();
const chosen = [...longest, ...(ofPopulations ? populations : parts), ...flags, ...(isAll ? ["--", "--all"] : [])];

const folder = await Deno.makeTempDir({ prefix: "evolve-begun-" });
const child = new Deno.Command(Deno.execPath(), {
  args: ["test", "-P", "-q", "--no-check", "--parallel", ...chosen],
  env: { EVOLVE_BEGUN: folder },
}).spawn();
for (const signal of ["SIGINT", "SIGTERM"] as const) Deno.addSignalListener(signal, () => child.kill(signal));
const { code } = await child.status;
await Deno.remove(folder, { recursive: true });
const task = ofPopulations ? "populations" : "test";
for (const what of isAll ? [] : leftOut[task]) console.log(`left out ${what}: only with test:populations --all`);
Deno.exit(code);
