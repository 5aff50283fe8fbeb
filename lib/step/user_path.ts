/**
 * Paths that the user gives on the command line.
 *
 * @module
 */

import { isAbsolute, resolve } from "node:path";
import { BadValue } from "./flags.ts";

/**
 * Parses a path of the user's: relative ones count from where the user stands.
 *
 * `deno task` changes into the project's folder and leaves the former one in `INIT_CWD`; without it that is the working
 * folder. Needs permission for that variable, and so belongs to `new`, `init`, `backup`, `restore`, `show`, `replay`, `ablate`, `metrics` and `export` alone.
 *
 * @param input Any text that is not empty and without a zero byte.
 * @returns An absolute path without `.` and `..`.
 * @throws {BadValue} If it can't be a path.
 */
export function userPath(input: string): string {
  if (input === "" || input.includes("\0") || input.length > 4096) throw new BadValue("must be a path");
  return isAbsolute(input) ? resolve(input) : resolve(callerFolder(), input);
}

function callerFolder(): string {
  const folder = Deno.env.get("INIT_CWD");
  return folder !== undefined && isAbsolute(folder) ? folder : Deno.cwd();
}
