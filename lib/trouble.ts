/**
 * What the machine refuses, in words: a full disk, one that can't be written, a damaged listing.
 *
 * @module
 */

import type { Issue } from "./issue.ts";

interface Trouble extends Issue {
  /** Codes of the operating system and texts of SQLite, which gives its own codes to some errors only. */
  readonly signs: readonly string[];
}

const troubles: readonly Trouble[] = [
  {
    code: "disk.full",
    message: "The disk is full; make room and run the step again: it goes on from what is saved",
    signs: ["ENOSPC", "EDQUOT", "No space left on device", "no space left on device", "database or disk is full"],
  },
  {
    code: "disk.readonly",
    message: "The run's folder can't be written to; make it writable and run the step again",
    signs: [
      "EROFS",
      "EACCES",
      "Read-only file system",
      "attempt to write a readonly database",
      "unable to open database file",
    ],
  },
  {
    code: "disk.failed",
    message: "The disk did not read or write what it was asked to, as it is full or fails; make room, " +
      "or look at the system's log, and run the step again",
    signs: ["EIO", "Input/output error", "disk I/O error"],
  },
  {
    code: "listing.damaged",
    message: "The listing of agents is damaged; put a backup in its place by `deno task restore FILE --force`",
    signs: ["file is not a database", "database disk image is malformed"],
  },
];

/** What the machine refused, if that is what an error tells. */
export function troubleOf(error: unknown): Issue | undefined {
  if (!(error instanceof Error)) return undefined;
  const { code } = error as { code?: unknown };
  const found = troubles.find(({ signs }) => signs.some((sign) => code === sign || error.message.includes(sign)));
  return found && { code: found.code, message: `${found.message} (${error.message}).` };
}
