/**
 * What only the shell may do for a step: look into `/proc`, make pipes, signal groups.
 *
 * @module
 */

import { sh } from "../../util/shell.ts";

/**
 * Runs a script and gives the lines that it wrote; it tells trouble by what it does not write.
 *
 * Needs run permission for `/bin/sh`.
 *
 * @param args Its `$1`, `$2` …
 */
export async function shellLines(script: string, args: readonly (string | number)[]): Promise<string[]> {
  const { stdout } = await sh(script, ...args.map(String));
  return stdout.split("\n").filter((line) => line !== "");
}

/** Makes pipes with names. Needs run permission for `/bin/sh`. */
export async function makePipes(paths: readonly string[]): Promise<void> {
  if (paths.length > 0) await sh('umask 077; exec mkfifo -m 600 "$@"', ...paths);
}
