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
  /** Tries it on what is shipped, where that layer alone meets it. */
  readonly run: () => Promise<Observed>;
}

/** An attack that one layer meets, as it is shipped. */
export function outside({ goal, way, layer, expect, run }: OutsideAttack): Attack {
  let observed: Promise<Observed> | undefined;
  const trial = { ...expect, run: () => observed ??= run() };
  return { goal, way, alone: { [layer]: trial }, shipped: trial };
}
