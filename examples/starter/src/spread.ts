/**
 * Keeps depots apart.
 *
 * @module
 */

import type { GeneContext } from "evolve/contract";

/** How far it pushes, and whether the push grows less from depot to depot. */
export const parameters = {
  push: { min: 0.5, max: 40, default: 5, scale: "log" },
  fading: { kind: "boolean", default: false },
} as const;

/**
 * Pushes the aim away from the depot that was placed last. Genes of a phase are called in the order of their files, so
 * `src/look.ts` has aimed already, where it is on.
 *
 * @phase look
 */
export function pushAway(context: GeneContext<typeof parameters>): void {
  const aim = context.vector("aim");
  // Both are empty where there is nothing: before the first depot, and where no gene aims.
  const last = context.lastActions;
  if (aim.length === 0 || last.length === 0) return;
  const [x, y] = [aim[0]! - last[0]!, aim[1]! - last[1]!];
  const length = Math.sqrt(x * x + y * y);
  if (length === 0) return;
  const { push, fading } = context.parameters;
  const step = push / length / (fading ? context.step : 1);
  context.emit("aim", [aim[0]! + step * x, aim[1]! + step * y]);
}
