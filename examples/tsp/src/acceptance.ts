/**
 * Which tours a search goes on with after a kick: those that any active gene accepts. Without any it takes all.
 *
 * @module
 */

import type { GeneContext } from "evolve/contract";

/** How much longer a tour may be, and how hot annealing begins and ends: all in thousandths of the tour. */
export const parameters = {
  worse: { min: 0.01, max: 50, default: 1, scale: "log" },
  hot: { min: 0.1, max: 50, default: 3, scale: "log" },
  cold: { min: 0.001, max: 1, default: 0.05, scale: "log" },
} as const;

type Acceptance = GeneContext<typeof parameters>;

/**
 * Accepts what is not longer.
 *
 * @phase prepare
 */
export function improving(context: Acceptance): void {
  context.emit("worse", Math.max(0, context.signal("worse")));
}

/**
 * Accepts what is a little longer (Dueck and Scheuer 1990).
 *
 * @phase prepare
 */
export function threshold(context: Acceptance): void {
  context.emit("worse", Math.max(context.parameters.worse, context.signal("worse")));
}

/**
 * Accepts what is longer with a chance that falls as the search goes on (Kirkpatrick, Gelatt and Vecchi 1983).
 *
 * @phase prepare
 */
export function annealing(context: Acceptance): void {
  context.emit("heat", [context.parameters.hot, context.parameters.cold]);
}
