/**
 * How an evaluation ended: typed, one name for each kind of end.
 *
 * @module
 */

import type { Issue } from "../util/issue.ts";

/** All outcomes of an evaluation. */
export const outcomes = [
  "finished",
  "refused",
  "crash",
  "stack",
  "cpu",
  "memory",
  "descriptors",
  "wall",
  "output",
  "protocol",
  "killed",
  "world",
  "start",
] as const;

/**
 * The outcome of an evaluation.
 *
 * `finished`: it replied, and the judge found its evidence sound; `refused`: its artifact or its evidence is not what
 * it must be; `crash`: a gene threw or the process ended by itself; `stack`, `cpu`, `memory`, `descriptors`, `wall`: a
 * limit of the machine; `output`: more than it may write; `protocol`: what it wrote is no reply; `killed`: something else ended
 * it; `world`: the world failed over what it did, also where no gene takes part; `start`: its process ended before the
 * program ran, which is never recorded.
 */
export type Outcome = (typeof outcomes)[number];

const limits: ReadonlySet<Outcome> = new Set(["stack", "cpu", "memory", "descriptors", "wall", "killed", "start"]);

/** Whether a limit of the machine, and not the agent's program alone, led to this outcome. */
export function isLimit(outcome: Outcome): boolean {
  return limits.has(outcome);
}

/** A limit that an evaluation has reached. */
export interface LimitReached {
  /** Its key in `limits` of the configuration; `fileKiB`: nobody may write a file; `stack`: the engine's own. */
  readonly name: "memoryMiB" | "cpuSeconds" | "wallSeconds" | "outputKiB" | "descriptors" | "fileKiB" | "stack";
  /** How far it may go, in the unit that the key names; null where nobody has set it. */
  readonly value: number | null;
  /** Who has ended the evaluation, or refused it more. */
  readonly enforcedBy: "rlimit" | "cgroup" | "supervisor" | "engine";
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
  /** Where the world failed: the actions up to that, one list for each episode. */
  readonly actions?: readonly (readonly number[])[];
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
