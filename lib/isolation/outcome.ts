/**
 * How an evaluation ended: typed, one name for each kind of end.
 *
 * @module
 */

import type { LimitReached, Outcome } from "../records/outcome.ts";
import type { Evidence, TracedStep } from "../runtime/contract.ts";
import type { Issue } from "../util/issue.ts";

const limits: ReadonlySet<Outcome> = new Set(["stack", "cpu", "memory", "descriptors", "wall", "killed", "start"]);

/** Whether a limit of the machine, and not the agent's program alone, led to this outcome. */
export function isLimit(outcome: Outcome): boolean {
  return limits.has(outcome);
}

/** An end that is not `finished`. */
export interface Failure {
  readonly outcome: Exclude<Outcome, "finished">;
  /** One sentence for a person, without control characters: the same whatever the engine and the machine. */
  readonly message: string;
  /** The engine's or the gene's own words, for the record; nothing may depend on them. */
  readonly detail?: string;
  /** The limit that was reached, where that was the reason. */
  readonly limit?: LimitReached;
  /** Where the world failed: the actions up to that, of each episode. */
  readonly actions?: readonly Evidence[];
  /** The point over which its `probe` failed. */
  readonly point?: number | readonly number[];
  /** Its steps up to that, where they were asked for. */
  readonly trace?: readonly TracedStep[];
  /** Code of the issue, where it was its artifact that was refused: it is built again, and the agent evaluated then. */
  readonly artifact?: string;
}

/** What is wrong with an evaluation that failed, for records. */
export function issueOf({ outcome, message }: Failure): Issue {
  return { code: `evaluation.${outcome}`, message };
}

/** A failure in full: what it was, and in whose words. */
export function inFull({ message, detail }: Failure): string {
  return detail === undefined ? message : `${message} (${detail})`;
}
