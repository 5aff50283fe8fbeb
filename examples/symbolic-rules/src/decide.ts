/**
 * How the rules are put together. Of several active genes the first one that decides does so.
 *
 * @module
 */

import type { GeneContext } from "evolve/contract";

/** What is said where no rule holds. */
export const parameters = {
  otherwise: { kind: "choice", options: ["1", "2", "3"], default: "2" },
} as const;

type Decision = GeneContext<typeof parameters>;

/**
 * A list of rules: the first one that holds decides, whatever its points are (Rivest 1987).
 *
 * @phase act
 */
export function firstRule(context: Decision): number {
  const first = context.signal("first", -1);
  context.emit("first", -1);
  return first < 0 ? otherwise(context) : first;
}

/**
 * A sum: the cultivar with most points, of equals the one that is said where no rule holds, else the first.
 *
 * @phase act
 */
export function mostPoints(context: Decision): number {
  let best = otherwise(context);
  for (let action = 0; action < context.actions; action++) {
    if (context.votes(action) > context.votes(best)) best = action;
  }
  return best;
}

function otherwise(context: Decision): number {
  return Number(context.parameters.otherwise) - 1;
}
