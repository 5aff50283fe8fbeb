/**
 * Runs the tests, whose files share the runs that they begin with: `deno task test` those of the parts, and
 * `deno task test:populations`, with the argument `populations`, those that drive whole populations, attack and kill them,
 * which take as long again. Further flags are those of `deno test`.
 *
 * @module
 */

import { infoOf } from "../lib/util/files.ts";

/** Folders of tests that take whole populations. */
const populations = ["acceptance", "attacks", "crash", "github", "pipelines"].map((name) => `tests/${name}`);
const [first, ...rest] = Deno.args;
const ofPopulations = first === "populations";

/** The files that take longest, which begin first: one that begins last keeps one core busy while the others are idle. */
const longest = [
  "attacks/attacks_test.ts",
  "acceptance/isolation_test.ts",
  "acceptance/few_processes_test.ts",
  "acceptance/links_test.ts",
  "github/action_test.ts",
  "steps/doctor/doctor_test.ts",
  "steps/backup/backup_test.ts",
  "pipelines/lifecycle_test.ts",
  "linear_test.ts",
  "pipelines/contract_test.ts",
  "crash/circumstances_test.ts",
  "crash/points_test.ts",
].map((path) => `tests/${path}`).filter((path) =>
  infoOf(path)?.isFile && populations.some((folder) => path.startsWith(`${folder}/`)) === ofPopulations
);

/** All else under `tests/`, by name: deno test leaves out nothing below a path that it is given. */
const parts = [...Deno.readDirSync("tests")]
  .filter(({ name, isDirectory }) => isDirectory || name.endsWith("_test.ts"))
  .map(({ name }) => `tests/${name}`)
  .filter((path) => !populations.includes(path)).sort();
const chosen = ofPopulations ? [...longest, ...populations, ...rest] : [...longest, ...parts, ...Deno.args];

const folder = await Deno.makeTempDir({ prefix: "evolve-begun-" });
const child = new Deno.Command(Deno.execPath(), {
  args: ["test", "-P", "-q", "--no-check", "--parallel", ...chosen],
  env: { EVOLVE_BEGUN: folder },
}).spawn();
for (const signal of ["SIGINT", "SIGTERM"] as const) Deno.addSignalListener(signal, () => child.kill(signal));
const { code } = await child.status;
await Deno.remove(folder, { recursive: true });
Deno.exit(code);
