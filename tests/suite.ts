/**
 * Runs the whole test suite, whose files share the runs that they begin with; `deno task test` runs it. Flags are those of
 * `deno test`.
 *
 * @module
 */

const folder = await Deno.makeTempDir({ prefix: "evolve-begun-" });
const child = new Deno.Command(Deno.execPath(), {
  args: ["test", "-P", "-q", "--no-check", "--parallel", "tests/", ...Deno.args],
  env: { EVOLVE_BEGUN: folder },
}).spawn();
for (const signal of ["SIGINT", "SIGTERM"] as const) Deno.addSignalListener(signal, () => child.kill(signal));
const { code } = await child.status;
await Deno.remove(folder, { recursive: true });
Deno.exit(code);
