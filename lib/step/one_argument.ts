/**
 * The argument of steps that take one.
 *
 * @module
 */

import { Misuse } from "../util/issue.ts";

/**
 * The one argument that was given.
 *
 * @param what What it is, in the plural: `files`.
 * @throws {Misuse} If there are several.
 */
export function oneArgument(args: readonly string[], what: string): string {
  if (args.length === 1) return args[0]!;
  throw new Misuse({ code: "arguments", message: `Cannot take ${args.length} ${what} as it must be one.` });
}
