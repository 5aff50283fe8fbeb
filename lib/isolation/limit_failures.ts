/**
 * Failures of evaluations that have reached a limit: in the same words whatever keeps agents apart, each with its limit.
 *
 * @module
 */

import type { LimitReached } from "../records/outcome.ts";
import type { ProcessLimits } from "./limits.ts";
import type { Failure } from "./outcome.ts";

/** It needed more memory than it may have. */
export function memory({ memoryMiB }: ProcessLimits, enforcedBy: LimitReached["enforcedBy"]): Failure {
  const message = `It was ended as it needed more than the ${memoryMiB} MiB of memory that it may have.`;
  return { outcome: "memory", message, limit: { name: "memoryMiB", value: memoryMiB, enforcedBy } };
}

/** It used more CPU time than it may. */
export function cpu({ cpuSeconds }: ProcessLimits, enforcedBy: LimitReached["enforcedBy"]): Failure {
  const message = `It was ended as it used more than ${cpuSeconds} s of CPU time.`;
  return { outcome: "cpu", message, limit: { name: "cpuSeconds", value: cpuSeconds, enforcedBy } };
}

/** It took longer than it may. */
export function wall({ wallSeconds }: ProcessLimits): Failure {
  const message = `It was ended as it took longer than ${wallSeconds} s.`;
  return { outcome: "wall", message, limit: { name: "wallSeconds", value: wallSeconds, enforcedBy: "supervisor" } };
}

/** It wrote more on stdout, or on stderr, than it may. */
export function output({ outputKiB }: ProcessLimits): Failure {
  const message = `It was ended as it wrote more than ${outputKiB} KiB.`;
  return { outcome: "output", message, limit: { name: "outputKiB", value: outputKiB, enforcedBy: "supervisor" } };
}

/** It opened more than it may. */
export function descriptors({ descriptors }: ProcessLimits): Failure {
  const message = `It ended as it wanted more than ${descriptors} descriptors.`;
  return { outcome: "descriptors", message, limit: { name: "descriptors", value: descriptors, enforcedBy: "rlimit" } };
}

/** It wrote to a file. */
export function file(): Failure {
  const message = "It was ended as it wrote to a file.";
  return { outcome: "output", message, limit: { name: "fileKiB", value: 0, enforcedBy: "rlimit" } };
}

/** Its calls were nested too deeply. */
export function stack(): Failure {
  const message = "It was ended as its calls were nested too deeply.";
  return { outcome: "stack", message, limit: { name: "stack", value: null, enforcedBy: "engine" } };
}
