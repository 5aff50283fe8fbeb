/**
 * Has an isolation evaluate: what ends before its program has run is the machine's doing, and is tried again once.
 *
 * @module
 */

import { type Result, StepFailed } from "../util/issue.ts";
import { sentence } from "../util/text.ts";
import { type Isolation, refused, type RunResult } from "./isolation.ts";
import { type Failure, inFull } from "./outcome.ts";
import type { EvaluationRequest } from "./request.ts";

/**
 * Runs one evaluation to its end. Needs what the isolation needs.
 *
 * @param request What is to be run, or why it can't be.
 * @param alone Whether by its own program and with no other's in its process, whatever the request says.
 * @throws {StepFailed} If its process ended twice before its program ran.
 */
export async function evaluate(
  isolation: Isolation,
  request: Result<EvaluationRequest>,
  alone = false,
): Promise<RunResult> {
  if (!request.ok) return refused(request.issue);
  const asked = alone ? { ...request.value, alone } : request.value;
  const result = await isolation.evaluate(asked);
  if (!unready(result)) return result;
  const again = await isolation.evaluate(asked);
  const failure = unready(again);
  if (failure) throw refusal(failure);
  return again;
}

/**
 * What a step ends with where the machine does not start the processes of agents.
 *
 * @param said How one has ended, twice, before its program ran, and its last words.
 */
export function refusedStart(said: string): StepFailed {
  return new StepFailed({
    code: "machine.start",
    message: `Cannot start the processes of agents on this machine: ${sentence(said)} Tried twice. Look whether Deno ` +
      "is still there, and whether processes, threads and memory are left, and run the step again.",
  });
}

function unready(result: RunResult): Failure | undefined {
  return !result.ok && result.failure.outcome === "start" ? result.failure : undefined;
}

function refusal(failure: Failure): StepFailed {
  const said = inFull(failure);
  if (!failure.limit) return refusedStart(said);
  return new StepFailed({
    code: "control.limits",
    message: `Cannot evaluate as a process must start within the limits: ${said} Tried twice. Raise ` +
      `\`limits.${failure.limit.name}\` in config.json, or give the machine less other work.`,
    path: "workspace/config.json",
  });
}
