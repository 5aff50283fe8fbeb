/**
 * Decides: the first gene of phase `act` that returns an action is the last one that is asked.
 *
 * @module
 */

import type { GeneContext } from "evolve/contract";

/** Depots stand on a grid of so many units. */
export const parameters = {
  grid: { kind: "integer", min: 1, max: 20, default: 10 },
} as const;

/**
 * Places a depot at the aim, on the grid. Without an aim, or where this gene is off, the world takes the middle of the map.
 *
 * @phase act
 */
export function place(context: GeneContext<typeof parameters>): number[] {
  const { grid } = context.parameters;
  return context.vector("aim").map((at) => grid * Math.round(at / grid));
}
