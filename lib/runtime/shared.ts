/**
 * Many agents in one program: it holds all genes of a pool, and each evaluation gets those that its genome chooses, evaluated
 * anew for each of its episodes. Pure.
 *
 * @module
 */

import { replyTo } from "./answer.ts";
import type { Agent, AgentError, AgentReply, GenePool, HostedRequest, SharedInputs, WiredGene } from "./contract.ts";
import { valuesOf } from "./parameters.ts";

/**
 * Runs one evaluation and tells of it as the agent's own artifact would.
 *
 * @param fresh Gives the world and all genes of the pool, of which those at these places can be called: evaluated anew
 * each time.
 * @param sharedInputs What all evaluations have in common; nothing of it can be changed.
 * @param request What is this evaluation's own.
 */
export function replyAsOneOf(
  fresh: (active: ReadonlySet<number>) => GenePool,
  sharedInputs: SharedInputs,
  request: HostedRequest,
): AgentReply | AgentError {
  const { chosen, ...own } = request;
  const worlds = request.kind === "judged" ? sharedInputs.worlds : [];
  const active = new Set(chosen.active);
  return replyTo(() => chosenAgent(fresh(active), sharedInputs, chosen), { ...own, worlds, pool: sharedInputs.pool });
}

/** The agent that a choice makes of a pool. */
export function chosenAgent(
  { world, genes }: GenePool,
  { pool }: Pick<SharedInputs, "pool">,
  chosen: HostedRequest["chosen"],
): Agent {
  const parameters = new Map<string, WiredGene["parameters"]>();
  pool.files.forEach((file, at) => {
    const numbers = chosen.parameters[at]!;
    parameters.set(file.path, numbers.length === 0 ? {} : valuesOf(file.parameters, numbers));
  });
  const phases: Record<string, WiredGene[]> = {};
  const active: string[] = [];
  for (const place of chosen.active) {
    const { name, phase, run } = genes[place]!;
    active.push(name);
    if (phase === undefined) continue;
    const own = parameters.get(name.slice(0, name.indexOf("#")))!;
    (phases[phase] ??= []).push({ name, run, parameters: own });
  }
  return { wiring: { phases, active }, world };
}
