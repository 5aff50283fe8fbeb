/**
 * What all records have in common: the lines that steps write to stdout.
 *
 * `docs/records.md` has a table of each type of record, made from these files: a field is what its comment says.
 *
 * @module
 */

import type { Issue } from "../util/issue.ts";

/** A record of one type. */
export interface RecordOf<Type extends string, Id extends string | null> {
  /** What the line tells, such as `agent.scanned`. */
  readonly type: Type;
  /** The agent's id, or null for a line about the step as a whole. */
  readonly id: Id;
  /** Whether all is well with what the line tells of. */
  readonly ok: boolean;
  /** What is wrong, where `ok` is false. */
  readonly issue?: Issue;
}

/** A record of whatever type, for what shows or reads them all alike. */
export interface AnyRecord extends RecordOf<string, string | null> {
  /** Its further fields. */
  readonly [field: string]: unknown;
}

/** A parent, as it is recorded. */
export interface Parent {
  /** Its id. */
  readonly id: string;
  /** The genome that it gave. */
  readonly genomeHash: string;
  /** Part of the loci in which the agent has this parent's allele; null before its gestation. */
  readonly share: number | null;
}
