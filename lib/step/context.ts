/**
 * What a step is given to do its work with, and what it gives back.
 *
 * @module
 */

import type { RunPaths } from "../run/paths.ts";
import type { StepDetails, StepFinished } from "../records/finished.ts";
import type { StepRecord } from "../records/records.ts";
import type { Stages } from "./stages.ts";

/** All levels of the log, from the most talkative one. */
export const logLevels = ["debug", "info", "warn", "error"] as const;

/** How grave a line of the log is. */
export type LogLevel = (typeof logLevels)[number];

/** Writes structured lines into the run's log; below `--log-level` it does nothing. */
export type Logger = {
  readonly [Level in LogLevel]: (message: string, properties?: Readonly<Record<string, unknown>>) => void;
};

/** What a step did, by name; `updates` is how many things it changed: 0 means that nothing was due. */
export type Counts = NonNullable<StepFinished["counts"]>;

/** What a step is given. */
export interface StepContext {
  /** The step's own name, such as `scan`. */
  readonly name: string;
  /** Where everything of the run lies. */
  readonly paths: RunPaths;
  /** Arguments that are no flags; empty unless the step declares them. */
  readonly args: readonly string[];
  /** How many workers may be at work at once: at least 1. */
  readonly workers: number;
  /** How the records are shown: `ndjson`, `json`, `table`, or what the step declares besides. */
  readonly format: string;
  /** Whether a person is likely to read stdout: it is a terminal, and no format was asked for. */
  readonly forPeople: boolean;
  /** Whether to show nothing but records and errors. */
  readonly quiet: boolean;
  /** Where the log begins. */
  readonly logLevel: LogLevel;
  /** Aborted by Ctrl-C, SIGTERM or a closed terminal: save what is done, start nothing more, and return or throw. */
  readonly signal: AbortSignal;
  /** With `--stdin`: only these agents, all of which are in the listing. */
  readonly ids?: ReadonlySet<string>;
  /** Whether a chain has started it, which says for its steps what concerns them all. */
  readonly chained?: boolean;
  /** Lets a child process work under this step's lock: the value of its `--lock`. */
  readonly lockToken?: string;
  /** Milliseconds by name, for the closing record; a step may add its own. */
  readonly durations: Record<string, number>;
  /** What the step adds to the closing record. */
  readonly details: StepDetails;
  /** How long the stages of the work took: a step notes its own. */
  readonly stages: Stages;
  readonly log: Logger;
  /** Writes a record; the step's name is added. */
  emit(record: StepRecord): void;
  /** Writes text to stdout, for formats that are no records; its commands name the run. */
  print(text: string): void;
  /** Tells a person on stderr how far the work is. */
  progress(done: number, total: number): void;
  /** A line on stderr for the person; not with `--quiet`. */
  say(text: string): void;
}
