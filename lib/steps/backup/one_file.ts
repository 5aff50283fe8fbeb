/**
 * The argument of `backup` and `restore`.
 *
 * @module
 */

import { Misuse } from "../../util/issue.ts";

/** The one path that was given. @throws {Misuse} If there are several. */
export function oneFile(args: readonly string[]): string {
  if (args.length === 1) return args[0]!;
  throw new Misuse({ code: "arguments", message: `Cannot take ${args.length} files as it must be one.` });
}
