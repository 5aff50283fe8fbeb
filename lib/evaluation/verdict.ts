/**
 * What the judge's verdict makes of an evaluation that has not finished well.
 *
 * @module
 */

import type { Failure } from "../isolation/outcome.ts";
import type { AgentReply, JudgeReply } from "../runtime/contract.ts";
import { sentence, shownText } from "../util/text.ts";

/** The failure of an evaluation whose evidence the judge did not take. */
export function refusalOf(
  { code, message }: Extract<JudgeReply, { ok: false }>,
  evidence: AgentReply["evidence"],
): Failure {
  if (code !== "evidence") return ofWorld(message, evidence);
  return { outcome: "refused", message: sentence(`The judge refused its evidence: ${shownText(message)}`) };
}

/**
 * A failure of the world counts as one only if it comes about where no gene takes part; else it is a crash.
 *
 * @param verdict On what was done until then; absent where nothing could be judged.
 */
export function confirmed({ message, detail, actions = [] }: Failure, verdict: JudgeReply | undefined): Failure {
  const isConfirmed = verdict && !verdict.ok && verdict.code !== "evidence" && verdict.code !== "request";
  if (isConfirmed) return ofWorld(verdict.message, actions);
  const words = `${message.replace(/\.$/, "")}, which it does not over the same actions without genes.`;
  return { outcome: "crash", message: words, ...(detail && { detail }) };
}

function ofWorld(message: string, actions: Failure["actions"]): Failure {
  return { outcome: "world", message: sentence(`The world failed over what it did: ${shownText(message)}`), actions };
}
