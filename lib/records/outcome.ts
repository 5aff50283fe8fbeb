/**
 * How an evaluation can end.
 *
 * @module
 */

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

/** A limit that an evaluation has reached. */
export interface LimitReached {
  /** Its key in `limits` of the configuration; `fileKiB`: no file may be written; `stack`: the engine's own. */
  readonly name: "memoryMiB" | "cpuSeconds" | "wallSeconds" | "outputKiB" | "descriptors" | "fileKiB" | "stack";
  /** How far it may go, in the unit that the key names; null where none is set. */
  readonly value: number | null;
  /** What has ended the evaluation, or refused it more. */
  readonly enforcedBy: "rlimit" | "cgroup" | "supervisor" | "engine";
}
