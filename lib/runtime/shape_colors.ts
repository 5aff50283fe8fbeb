/**
 * The names of the colours that shapes have.
 *
 * @module
 */

import type { ShapeColor } from "./contract.ts";

/** Colours that tell groups apart, in the order in which a number chooses them. */
export const groupColors = ["blue", "orange", "green", "red", "purple", "teal", "pink", "brown"] as const;

/** All names of colours. */
export const colors: readonly string[] = [
  "ink",
  "grey",
  "faint",
  ...groupColors,
] satisfies readonly Exclude<ShapeColor, number>[];
