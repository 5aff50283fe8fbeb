/**
 * The command line of a step: that of its task.
 *
 * @module
 */

import { projectRoot } from "../run/paths.ts";
import { shell } from "../util/shell.ts";

/**
 * Flags of the engine: it gives memory back early, so that what a step takes depends little on the number of agents. It
 * costs no time; all steps have the same ones, as the code that was compiled for one is then at hand for the next.
 */
const engine = "--v8-flags=--max-semi-space-size=2,--heap-growing-percent=30";

/**
 * The arguments of `deno` that run a step under its own permission set.
 *
 * @param step Its name: that of its pipeline, of its task and of its permission set.
 */
export function stepCommand(step: string): string[] {
  return ["run", "-q", "--no-prompt", engine, `-P=${step}`, `pipelines/${step}.ts`];
}

/**
 * The process of a step, in the very executable that runs this one, whatever `deno` the PATH has, if any.
 *
 * The shell starts it, as a permission names programs and not where this one happens to lie, and becomes it: process id,
 * signals and exit code are the step's own.
 *
 * Needs run permission for `/bin/sh`.
 *
 * @param step Its name.
 * @param flags Its flags.
 * @param options `hangup`: `"ignored"` if a closed terminal is not to end it, as it will be ended by this process.
 */
export function stepProcess(
  step: string,
  flags: readonly string[],
  { hangup, ...options }: Omit<Deno.CommandOptions, "args" | "cwd"> & { readonly hangup?: "ignored" },
): Deno.Command {
  const script = `${hangup ? "trap '' HUP; " : ""}exec "$@"`;
  const args = ["-c", script, "sh", Deno.execPath(), ...stepCommand(step), ...flags];
  return new Deno.Command(shell, { ...options, args, cwd: projectRoot });
}
