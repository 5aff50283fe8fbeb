/**
 * What a step ends with where the machine does not start the processes of agents.
 *
 * @module
 */

import { StepFailed } from "../util/issue.ts";
import { sentence } from "../util/text.ts";

/**
 * The failure of a process that has ended, twice, before its program ran.
 *
 * @param said How it ended, and its last words.
 */
export function refusedStart(said: string): StepFailed {
  return new StepFailed({
    code: "machine.start",
    message: `Cannot start the processes of agents on this machine: ${sentence(said)} Tried twice. Look whether Deno ` +
      "is still there, and whether processes, threads and memory are left, and run the step again.",
  });
}
