/**
 * What a search does where no move is better. Without any of these it ends there.
 *
 * @module
 */

import type { GeneContext } from "evolve/contract";

/**
 * The longest segment of a double bridge in each quarter of the search, the longest one that is turned, after how many
 * rounds without a shorter tour the search goes back, and where to.
 */
export const parameters = {
  spans: { kind: "integer", min: 2, max: 33, default: 30, scale: "log", length: 4 },
  turned: { kind: "integer", min: 2, max: 50, default: 20, scale: "log" },
  patience: { kind: "integer", min: 5, max: 500, default: 100, scale: "log" },
  restart: { kind: "choice", options: ["best", "anew"], default: "best" },
} as const;

type Kicks = GeneContext<typeof parameters>;

/**
 * Takes three segments that follow each other in their opposite order, which the other moves cannot undo (Martin, Otto
 * and Felten 1991).
 *
 * @phase prepare
 */
export function doubleBridge(context: Kicks): void {
  context.emit("bridges", context.parameters.spans);
}

/**
 * Turns a segment about.
 *
 * @phase prepare
 */
export function randomReversal(context: Kicks): void {
  context.emit("reversal", context.parameters.turned);
}

/**
 * Goes back to the best tour, or begins anew with one by chance.
 *
 * @phase prepare
 */
export function restart(context: Kicks): void {
  context.emit("patience", context.parameters.patience);
  context.emit("anew", context.parameters.restart === "anew" ? 1 : 0);
}
