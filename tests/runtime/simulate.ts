/**
 * An evaluation and its judgement in one process: for tuning a template, for tests, and for many agents in one process.
 *
 * @module
 */

import type { Agent, AgentReply, AgentRequest, JudgeReply } from "../../lib/runtime/contract.ts";
import { judge } from "../../lib/runtime/judge.ts";
import { evaluate } from "../../lib/runtime/evaluate.ts";

/**
 * Runs one evaluation and judges what was done.
 *
 * @param agent Its active genes and its world.
 * @param request What the evaluation begins with.
 * @returns The reply, and the judgement of its evidence.
 * @throws {EvaluationFailure} If a gene or the world throws.
 */
export function simulate(agent: Agent, request: AgentRequest): { reply: AgentReply; judgement: JudgeReply } {
  const reply = evaluate(agent, request);
  const { active, phases } = agent.wiring;
  const genes = active.length - (phases.birth?.length ?? 0);
  const judgement = judge(agent.world, {
    token: request.token,
    worlds: request.worlds,
    genes,
    evidence: reply.evidence,
  });
  return { reply, judgement };
}
