/**
 * Small scripts of the shell, which may do what this process may not: look into `/proc`, make pipes, signal groups.
 *
 * @module
 */

import { programFolders, shell } from "../isolation/launcher.ts";

/**
 * Runs a script and gives the lines that it wrote; it tells trouble by what it does not write.
 *
 * Needs run permission for `/bin/sh`.
 *
 * @param args Its `$1`, `$2` …
 */
export async function shellLines(script: string, args: readonly (string | number)[]): Promise<string[]> {
  const { stdout } = await new Deno.Command(shell, {
    args: ["-c", `PATH=${programFolders}; umask 077; ${script}`, "sh", ...args.map(String)],
    clearEnv: true,
    env: {},
    cwd: "/",
    stdin: "null",
    stdout: "piped",
    stderr: "null",
  }).output();
  return new TextDecoder().decode(stdout).split("\n").filter((line) => line !== "");
}

/** Makes pipes with names. Needs run permission for `/bin/sh`. */
export async function makePipes(paths: readonly string[]): Promise<void> {
  if (paths.length > 0) await shellLines('exec mkfifo -m 600 "$@"', paths);
}
