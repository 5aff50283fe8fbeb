/**
 * Reads a reply of the judge: it is no agent, but the world that it plays is not the orchestrator's either.
 *
 * @module
 */

import type { JudgeReply } from "../../runtime/contract.ts";

/** What a reply must fit. */
export interface Asked {
  readonly token: string;
  /** How many episodes were to be judged. */
  readonly episodes: number;
}

/** What a line of the judge says of this request, or undefined where it is no reply to it. */
export function readVerdict(line: string, request: Asked): JudgeReply | undefined {
  let reply: JudgeReply;
  try {
    reply = JSON.parse(line);
  } catch {
    return undefined;
  }
  if (reply?.token !== request.token) return undefined;
  if (reply.ok === false) return typeof reply.message === "string" ? reply : undefined;
  const whole = reply.ok === true && Array.isArray(reply.judgements) &&
    reply.judgements.length === request.episodes &&
    reply.judgements.every((one) => one && Number.isFinite(one.score) && one.score >= 0 && areNumbers(one.measures));
  return whole ? reply : undefined;
}

function areNumbers(measures: unknown): boolean {
  return typeof measures === "object" && measures !== null && Object.values(measures).every(Number.isFinite);
}
