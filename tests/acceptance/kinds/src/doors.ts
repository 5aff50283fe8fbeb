/** Parameters of each kind, numbers and lists. */
import type { GeneContext, ParameterDeclarations } from "evolve/contract";

export const parameters = {
  answers: { kind: "boolean", length: 6, default: [true, false, true, false, true, false] },
  bias: { min: -1, max: 1, default: 0 },
  follow: { kind: "boolean", default: true },
  period: { kind: "integer", min: 1, max: 6, default: 3, scale: "log" },
  rule: { kind: "choice", options: ["list", "side", "mixed"], default: "mixed" },
  turns: { kind: "choice", options: ["same", "other"], length: 3, default: "same" },
  waits: { kind: "integer", min: -2, max: 2, default: 0, length: 2 },
  weights: { min: 0.01, max: 10, default: 1, scale: "log", length: 4 },
} as const satisfies ParameterDeclarations;

/**
 * Votes as the lists say.
 *
 * @phase think
 */
export function ponder(context: GeneContext<typeof parameters>): void {
  const { answers, bias, period, turns, waits, weights } = context.parameters;
  const { step } = context;
  const weight = weights[step % weights.length]! + bias + waits[step % waits.length]!;
  if (step % period === 0) context.vote(answers[step % answers.length] === true ? 1 : 0, weight);
  if (turns[step % turns.length] === "other") context.vote(1 - Math.max(0, context.lastAction), 1);
}

/**
 * Takes the action with most votes, or the side that is seen.
 *
 * @phase act
 */
export function go(context: GeneContext<typeof parameters>): number {
  const { follow, rule } = context.parameters;
  const voted = context.votes(1) > context.votes(0) ? 1 : 0;
  if (rule === "list") return voted;
  const side = follow ? context.perception.side! : 1 - context.perception.side!;
  return rule === "side" || context.random() < 0.5 ? side : voted;
}
