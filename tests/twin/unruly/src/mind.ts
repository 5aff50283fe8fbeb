import type { GeneContext } from "evolve/contract";

export const parameters = { unused: { min: 0, max: 10, default: 1, scale: "linear" } } as const;

/** What letters say is remembered for a lifetime. */
function heard(context: GeneContext<typeof parameters>): number {
  const sum = context.recall("sum", 0) + context.inbox.reduce((all, { from, body }) => all + from * body[0]!, 0);
  context.remember("sum", sum % 7);
  return sum;
}

/** @phase sense */
export function listen(context: GeneContext<typeof parameters>): void {
  if (context.step === 0) context.emit("hurry", (heard(context) % 3) / 10);
}

/** @phase sense */
export function write(context: GeneContext<typeof parameters>): void {
  if (context.step === 1) {
    context.send(context.episode, [context.perception.length!, context.genome.parameter("src/act.ts", "eager")]);
  }
}

/**
 * Agents that change themselves keep their rank, and lose their score.
 *
 * @phase end
 */
export function drift(context: GeneContext<typeof parameters>): void {
  const { scores, present, bestScore } = context.past;
  const told = scores.length + present.length + (bestScore ?? 0);
  if (context.random() < 0.5) context.genome.setParameter("src/mind.ts", "unused", Math.abs(told) % 10);
}
