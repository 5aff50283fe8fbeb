/**
 * The flags that steps have in common.
 *
 * @module
 */

import { runPaths } from "../run/paths.ts";
import { logLevels } from "./context.ts";
import type { StepDefinition } from "./definition.ts";
import { BadValue, type Flags, wholeNumber } from "./flags.ts";
import { formats } from "./output.ts";

/** The flags that a step has besides its own, by what it declares. */
export function commonFlags<F extends Flags>(definition: StepDefinition<F>): Flags {
  return {
    ...(definition.workers && {
      workers: {
        kind: "parsed",
        parse: wholeNumber(1, 256),
        brief: "Workers at once; absent: one for each core.",
        placeholder: "n",
        optional: true,
      },
    }),
    ...(definition.stdin && {
      stdin: {
        kind: "boolean",
        brief: "Read records from stdin, one JSON object a line, and handle only their agents.",
        default: false,
        withNegated: false,
      },
    }),
    ...(!definition.ownRuns && {
      run: {
        kind: "parsed",
        parse: runName,
        brief: "Work on the run of this name, in runs/NAME.",
        placeholder: "name",
        optional: true,
      },
    }),
    ...(!definition.ownFormat && {
      format: {
        kind: "enum",
        values: [...formats, ...definition.formats ?? []],
        brief: definition.defaultFormat
          ? `How records are written; absent: ${definition.defaultFormat}.`
          : "How records are written; absent: a table on a terminal, ndjson elsewhere.",
        optional: true,
      },
    }),
    logLevel: { kind: "enum", values: logLevels, brief: "Least grave lines of the log to write.", default: "warn" },
    quiet: { kind: "boolean", brief: "Show nothing but records and errors.", default: false, withNegated: false },
    lock: {
      kind: "parsed",
      parse: (text: string) => text,
      brief: "Work as a part of the chain whose lock has this token.",
      optional: true,
      hidden: true,
    },
  };
}

/** Parses the name of a run. */
export function runName(name: string): string {
  try {
    runPaths(name);
    return name;
  } catch {
    throw new BadValue('must be 1 to 64 letters, digits, "-", "_" or ".", not beginning with a dot', nearestRun(name));
  }
}

function nearestRun(name: string): string {
  return name.replace(/[^A-Za-z0-9._-]+/g, "-").replace(/^[.-]+/, "").slice(0, 64) || "experiment-1";
}
