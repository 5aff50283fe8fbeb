/**
 * One line in, one line out: the protocol of a life, apart from how the lines travel.
 *
 * @module
 */

import type { Agent, LifeError, LifeReply, LifeRequest } from "./contract.ts";
import { failureOf, LifeFailure } from "./failure.ts";
import { live } from "./life.ts";

/**
 * Answers the request of one life.
 *
 * @param fresh Gives the agent's active genes and its world, evaluated anew each time.
 * @param line The request as JSON, or undefined where there was none.
 * @returns A reply, or a typed error.
 */
export function answer(fresh: () => Agent, line: string | undefined): LifeReply | LifeError {
  let request: LifeRequest;
  try {
    request = requestOf(line);
  } catch (thrown) {
    return errorOf("", thrown);
  }
  return replyTo(fresh, request);
}

/**
 * Lives one life.
 *
 * @param fresh Gives the agent's active genes and its world, evaluated anew each time.
 * @returns A reply, or a typed error.
 */
export function replyTo(fresh: () => Agent, request: LifeRequest): LifeReply | LifeError {
  const evidence: number[][] = [];
  try {
    return live(fresh(), request, fresh, evidence);
  } catch (thrown) {
    return errorOf(request.token, thrown, evidence);
  }
}

function errorOf(token: string, thrown: unknown, evidence: readonly number[][] = []): LifeError {
  const { code, message, detail } = failureOf(thrown, "the runtime", "crash");
  return { version: 1, token, error: { code, message, detail }, evidence: code === "world" ? evidence : [] };
}

/** The orchestrator is trusted: this tells a mistake, not an attack. */
function requestOf(line: string | undefined): LifeRequest {
  let value: Partial<LifeRequest> | null;
  try {
    value = line === undefined ? null : JSON.parse(line);
  } catch {
    value = null;
  }
  if (value === null || value.version !== 1 || typeof value.token !== "string" || !Array.isArray(value.worlds)) {
    throw new LifeFailure("request", "the first line on stdin must be a LifeRequest of version 1 as JSON");
  }
  return value as LifeRequest;
}
