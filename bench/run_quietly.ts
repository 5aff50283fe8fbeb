/**
 * Runs steps of which nothing is to be seen but their errors.
 *
 * @module
 */

import { stepProcess } from "../lib/step/command.ts";

/**
 * Runs a step to its end.
 *
 * Needs run permission for `/bin/sh`.
 *
 * @throws {Error} If it does not end with exit code 0.
 */
export async function runQuietly(name: string, args: readonly string[]): Promise<void> {
  const { code } = await stepProcess(name, ["--quiet", ...args], { stdout: "null", stderr: "inherit" }).spawn().status;
  if (code !== 0) throw new Error(`${name} ${args.join(" ")} ended with exit code ${code}`);
}
