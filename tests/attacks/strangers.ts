/**
 * Attacks from outside the agents, each tried by itself: by what stands on a command line, in a template, in a text.
 *
 * @module
 */

import type { Attack, Expectation, Layer, Observed } from "./attack.ts";

/** An attack that one layer meets, as it is shipped. */
export interface OutsideAttack {
  readonly goal: string;
  readonly way: string;
  readonly layer: Layer;
  readonly expect: Expectation;
  /** Tries it on what is shipped. */
  readonly run: () => Promise<Observed>;
  /** Tries it on the layer alone. @default what is shipped */
  readonly alone?: () => Promise<Observed>;
}

/** An attack that one layer meets, as it is shipped. */
export function outside({ goal, way, layer, expect, run, alone = run }: OutsideAttack): Attack {
  return { goal, way, alone: { [layer]: { ...expect, run: alone } }, shipped: { ...expect, run } };
}
