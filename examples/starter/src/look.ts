/**
 * Where the next depot might be. Each exported function of a file in `src/` is a gene: evolution switches it on or off,
 * and the file as a whole.
 *
 * @module
 */

import type { GeneContext } from "evolve/contract";

/** Numbers that evolution changes, one set for all genes of this file: a choice, and a real number. */
export const parameters = {
  towards: { kind: "choice", options: ["worst", "centre", "between"], default: "centre" },
  share: { min: 0, max: 1, default: 0.5 },
} as const;

/** What the world's `observation` declares. */
interface Seen {
  readonly left: number;
  readonly centre: readonly number[];
  readonly worst: readonly number[];
}

/**
 * Aims at the town that is served worst, at the centre of all, or between them. Other genes read the signal from then on.
 *
 * @phase look
 */
export function aim(context: GeneContext<typeof parameters, Seen>): void {
  const { centre, worst } = context.perception;
  const { towards, share } = context.parameters;
  const part = towards === "worst" ? 1 : towards === "centre" ? 0 : share;
  context.emit("aim", [0, 1].map((axis) => centre[axis]! + part * (worst[axis]! - centre[axis]!)));
}
