/**
 * One line in, one line out: the protocol of an evaluation, apart from how the lines travel.
 *
 * @module
 */

import type { Agent, AgentError, AgentReply, AgentRequest, Evidence } from "./contract.ts";
import { EvaluationFailure, failureOf } from "./failure.ts";
import { evaluate, type Played, tracerFor } from "./evaluate.ts";
import { type Space, spaceOf } from "./space.ts";

/**
 * Answers the request of one evaluation.
 *
 * @param fresh Gives the agent's active genes and its world, evaluated anew each time.
 * @param line The request as JSON, or undefined where there was none.
 * @returns A reply, or a typed error.
 */
export function answer(fresh: () => Agent, line: string | undefined): AgentReply | AgentError {
  let request: AgentRequest;
  try {
    request = requestOf(line);
  } catch (thrown) {
    return errorOf("", thrown);
  }
  return replyTo(fresh, request);
}

/**
 * Runs one evaluation.
 *
 * @param fresh Gives the agent's active genes and its world, evaluated anew each time.
 * @returns A reply, or a typed error.
 */
export function replyTo(fresh: () => Agent, request: AgentRequest): AgentReply | AgentError {
  const played: Played = [];
  const tracer = tracerFor(request);
  let space: Space | undefined;
  try {
    const agent = fresh();
    space = spaceOf(agent.world.world);
    return evaluate(agent, request, fresh, played, tracer);
  } catch (thrown) {
    const error = errorOf(request.token, thrown, played.map((actions) => space!.evidenceOf(actions)));
    return tracer === undefined ? error : { ...error, trace: tracer.taken() };
  }
}

function errorOf(token: string, thrown: unknown, evidence: readonly Evidence[] = []): AgentError {
  const { code, message, detail, point } = failureOf(thrown, "the runtime", "crash");
  return {
    version: 1,
    token,
    error: { code, message, detail },
    evidence: code === "world" ? evidence : [],
    ...(code === "world" && point !== undefined && { point }),
  };
}

/** The orchestrator is trusted: this tells a mistake, not an attack. */
function requestOf(line: string | undefined): AgentRequest {
  let value: Partial<AgentRequest> | null;
  try {
    value = line === undefined ? null : JSON.parse(line);
  } catch {
    value = null;
  }
  if (value === null || value.version !== 1 || typeof value.token !== "string" || !Array.isArray(value.worlds)) {
    throw new EvaluationFailure("request", "the first line on stdin must be an AgentRequest of version 1 as JSON");
  }
  return value as AgentRequest;
}
