import type { GeneContext } from "evolve/contract";

interface Seen {
  last: readonly number[];
  left: number;
}

type Aim = GeneContext<typeof parameters, Seen, { targets: readonly (readonly number[])[]; count: number }>;

export const parameters = {
  trust: { min: 0, max: 1.5, default: 0.5, scale: "linear" },
  shake: { min: 0.01, max: 1, default: 0.1, scale: "log" },
} as const;

/**
 * Aims at the target of the step.
 *
 * @phase think
 */
export function aim(context: Aim): void {
  const { targets, count } = context.instance;
  const target = targets[count - context.perception.left]!;
  context.emit("aim", target.map((part) => part * context.parameters.trust));
}

/**
 * Goes down the slope of a probe, if there is one left.
 *
 * @phase think
 */
export function descend(context: Aim): void {
  const from = context.vector("aim", context.perception.last);
  const found = context.probe(from);
  if (found === undefined) return;
  const slope = found.slope as readonly number[];
  context.emit("aim", from.map((part, i) => part + slope[i]! * context.parameters.trust));
  context.emit("probed", found.value + context.probesLeft);
}

/**
 * Goes where it aims, shaken a little; now and then out of the box.
 *
 * @phase act
 */
export function shoot(context: Aim): readonly number[] {
  const at = context.vector("aim", context.recallVector("best", context.lastActions));
  return [0, 1].map((i) => (at[i] ?? 0) + context.parameters.shake * (context.random() - 0.5));
}

/**
 * Remembers the best place.
 *
 * @phase learn
 */
export function keep(context: Aim): void {
  if (context.reward < context.recall("reward", -Infinity)) return;
  context.remember("reward", context.reward);
  context.remember("best", context.lastActions);
}
