/**
 * The moves that a search makes. Each gene offers one by a signal; `search.ts` tries those that are offered.
 *
 * @module
 */

import type { GeneContext } from "evolve/contract";

/** The longest segment that is moved a little, whether it is turned about as well, and the longest one that is inserted. */
export const parameters = {
  longest: { kind: "integer", min: 1, max: 4, default: 3 },
  turned: { kind: "boolean", default: true },
  inserted: { kind: "integer", min: 4, max: 40, default: 10, scale: "log" },
} as const;

type Moves = GeneContext<typeof parameters>;

/**
 * Joins two cities in place of two ways, and turns what lies between (Croes 1958).
 *
 * @phase prepare
 */
export function twoOpt(context: Moves): void {
  context.emit("twoOpt", 1);
}

/**
 * Moves segments of a few cities (Or 1976).
 *
 * @phase prepare
 */
export function orOpt(context: Moves): void {
  const { longest, turned } = context.parameters;
  context.emit("orOpt", longest);
  context.emit("turned", turned ? 1 : 0);
}

/**
 * Moves segments of any length up to a long one, each time of another.
 *
 * @phase prepare
 */
export function segmentInsertion(context: Moves): void {
  context.emit("inserted", context.parameters.inserted);
}
