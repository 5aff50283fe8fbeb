/**
 * Runs the whole test suite, whose files share the runs that they begin with; `deno task test` runs it. Flags are those of
 * `deno test`.
 *
 * @module
 */

import { infoOf } from "../lib/util/files.ts";

/** The files that take longest, which begin first: one that begins last keeps one core busy while the others are idle. */
const longest = [
  "attacks/attacks_test.ts",
  "github/action_test.ts",
  "steps/backup/backup_test.ts",
  "acceptance/isolation_test.ts",
  "steps/doctor/doctor_test.ts",
  "crash/circumstances_test.ts",
  "crash/points_test.ts",
].map((path) => `tests/${path}`).filter((path) => infoOf(path)?.isFile);

const folder = await Deno.makeTempDir({ prefix: "evolve-begun-" });
const child = new Deno.Command(Deno.execPath(), {
  args: ["test", "-P", "-q", "--no-check", "--parallel", ...longest, "tests/", ...Deno.args],
  env: { EVOLVE_BEGUN: folder },
}).spawn();
for (const signal of ["SIGINT", "SIGTERM"] as const) Deno.addSignalListener(signal, () => child.kill(signal));
const { code } = await child.status;
await Deno.remove(folder, { recursive: true });
Deno.exit(code);
