/**
 * What a step is given, made for tests: keeps what it emits.
 *
 * @module
 */

import type { AnyRecord } from "../../../lib/records/record.ts";
import { type RunPaths, runPaths } from "../../../lib/run/paths.ts";
import type { StepContext } from "../../../lib/step/context.ts";
import { Stages } from "../../../lib/step/stages.ts";

/** A context, and what came out of it. */
export interface MadeStep {
  readonly step: StepContext;
  readonly records: AnyRecord[];
  readonly printed: string[];
  readonly logged: string[];
}

/** Paths of a run that lies in any folder. */
export function pathsIn(root: string, name?: string): RunPaths {
  const paths = runPaths("made");
  const moved = Object.entries(paths).map(([key, path]) => [key, String(path).replace(paths.root, root)]);
  return { ...Object.fromEntries(moved), name } as RunPaths;
}

/** A context for a step on the run in a folder. */
export function makeStep(
  root: string,
  { format = "ndjson", signal = new AbortController().signal, name = undefined as string | undefined } = {},
): MadeStep {
  const records: AnyRecord[] = [], printed: string[] = [], logged: string[] = [];
  const log = (message: string) => void logged.push(message);
  const step: StepContext = {
    name: "made",
    paths: pathsIn(root, name),
    args: [],
    workers: 1,
    format,
    forPeople: false,
    quiet: true,
    logLevel: "warn",
    signal,
    durations: {},
    details: {},
    stages: new Stages(),
    log: { debug: log, info: log, warn: log, error: log },
    emit: (record) => void records.push({ ...record }),
    print: (text) => void printed.push(text),
    progress: () => {},
    say: () => {},
  };
  return { step, records, printed, logged };
}
