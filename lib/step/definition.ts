/**
 * What a step is.
 *
 * @module
 */

import type { RecordField } from "../records/records.ts";
import type { Grammar } from "./arguments.ts";
import type { Counts, LogLevel, StepContext } from "./context.ts";
import type { Flags, FlagValues } from "./flags.ts";

/** What a step is. */
export interface StepDefinition<F extends Flags> {
  /** The step's name, as in `deno task NAME`. */
  readonly name: string;
  /** One sentence for `--help`. */
  readonly brief: string;
  /** What `--help` tells besides. */
  readonly description?: string;
  /** Whether it has `--workers`. */
  readonly workers?: boolean;
  /** Whether it has `--stdin`. */
  readonly stdin?: boolean;
  /** `true`: it writes the run, so it takes its lock. `"chain"`: it holds the lock for the steps that it starts. */
  readonly lock?: boolean | "chain";
  /** Whether it runs for long, so that it finds out at its start whether a closed terminal is to end it. */
  readonly long?: boolean;
  /** Whether it goes on until it is told to end: that is then how it ends well, and no interruption. */
  readonly lasts?: boolean;
  /** Whether it works where there is no listing yet. */
  readonly creates?: boolean;
  /** Whether flags name the runs that it works on, so that there need be no listing of its own. */
  readonly elsewhere?: (flags: FlagValues<F>) => boolean;
  /** Whether it keeps nothing, so that what was interrupted has to be begun again. */
  readonly keepsNothing?: boolean;
  /** Whether it works on no run, or on runs that it makes for itself, and so has no `--run`. */
  readonly ownRuns?: boolean;
  /** Whether it may have nothing to do and should say so; by default each step that takes the lock. */
  readonly idle?: boolean;
  /** Fields of its records that a table shows; absent: those of the first record. */
  readonly columns?: readonly RecordField[];
  /** How records are written where `--format` is absent; by default a table on a terminal, ndjson elsewhere. */
  readonly defaultFormat?: string;
  /** Whether `--format` is a flag of its own, of what it makes: its records are a table on a terminal, ndjson elsewhere. */
  readonly ownFormat?: boolean;
  /** Formats besides ndjson, json and table. */
  readonly formats?: readonly string[];
  /** The format that flags of the step's own ask for: then `--format` is one too many. Absent: `--format` alone says it. */
  readonly formatOf?: (flags: FlagValues<F>) => string | undefined;
  /** Arguments that are no flags. */
  readonly positional?: Grammar["positional"];
  /** The step's own flags. */
  readonly flags?: F;
  /** Does the work; returns when all of it is saved. */
  readonly run: (flags: FlagValues<F>, step: StepContext) => Promise<Counts>;
}

/** The values of the flags that steps share. */
export interface CommonFlags {
  readonly run?: string;
  readonly format?: string;
  readonly logLevel: LogLevel;
  readonly quiet: boolean;
  readonly workers?: number;
  readonly stdin?: boolean;
  readonly lock?: string;
}
