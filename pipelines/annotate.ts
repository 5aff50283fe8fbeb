/**
 * Makes of the records of steps, on stdin, what GitHub shows of a job that failed. It is no step: it works on no run.
 *
 * @module
 */

import { Findings } from "../lib/steps/annotate/findings.ts";
import { githubLines } from "../lib/steps/annotate/github.ts";
import type { Folders } from "../lib/steps/annotate/place.ts";
import { readRecords } from "../lib/steps/annotate/read_records.ts";
import { findingsTable } from "../lib/steps/annotate/table.ts";
import { Misuse } from "../lib/util/issue.ts";
import { readArguments } from "../lib/step/arguments.ts";
import { BadValue, type Flags } from "../lib/step/flags.ts";
import { writeAll } from "../lib/step/output.ts";
import { Terminal } from "../lib/step/terminal.ts";

const flags: Flags = {
  root: {
    kind: "parsed",
    parse: absolutePath,
    brief: "Folder that files are named relative to, such as the job's workspace; absent: no files are named.",
    placeholder: "folder",
    optional: true,
  },
  template: {
    kind: "parsed",
    parse: absolutePath,
    brief: "Folder of the template, which places in it count from.",
    placeholder: "folder",
    optional: true,
  },
  format: {
    kind: "enum",
    values: ["github", "md"],
    brief: "Commands to GitHub's runner, or a table for the job's summary.",
    default: "github",
  },
};

function absolutePath(input: string): string {
  if (!input.startsWith("/") || input.includes("\0")) throw new BadValue("must be an absolute path");
  return input;
}

function print(text: string): void {
  writeAll(Deno.stdout, new TextEncoder().encode(text));
}

try {
  const brief = "Makes of records on stdin error lines for GitHub, at most ten, or a table of what failed.";
  const read = await readArguments({ name: "annotate", brief, flags }, Deno.args, print);
  if (read) {
    const findings = new Findings();
    for await (const record of readRecords(Deno.stdin.readable)) findings.add(record);
    const write = read.flags.format === "md" ? findingsTable : githubLines;
    print(write(findings, read.flags as Folders));
  }
} catch (error) {
  if (!(error instanceof Misuse)) throw error;
  new Terminal("annotate", false).error(error.message);
  Deno.exit(2);
}
