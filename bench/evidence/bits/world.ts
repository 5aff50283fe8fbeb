/**
 * Functions of bits of which it is known how long the (1+1) evolutionary algorithm takes for them.
 *
 * An agent tells all its bits at once; those beyond the length of the problem mean nothing.
 *
 * @module
 */

import type { Judgement, Setup, WorldSettings } from "evolve/contract";

/** An environment is a problem: the number of its bits, which function it is, and the width of its gap. */
export const world = {
  action: { space: "box", length: 100, low: 0, high: 1 },
  phases: ["act"],
  steps: 1,
  episodes: 1,
  noisy: false,
  memory: "episode",
  environments: {
    "onemax-50": { length: 50, leading: 0, gap: 0 },
    "onemax-100": { length: 100, leading: 0, gap: 0 },
    "leadingones-50": { length: 50, leading: 1, gap: 0 },
    "jump2-20": { length: 20, leading: 0, gap: 2 },
  },
} as const satisfies WorldSettings;

/** What has been told. */
export interface Told {
  readonly length: number;
  readonly leading: number;
  readonly gap: number;
  bits: readonly number[];
}

/** Nothing has been told yet. */
export function begin({ environment: { length, leading, gap } }: Setup): Told {
  return { length: length!, leading: leading!, gap: gap!, bits: [] };
}

/** There is nothing to see. */
export function perceive(_told: Told): Record<string, number> {
  return {};
}

/** Takes down the bits. */
export function act(told: Told, bits: readonly number[]): number {
  told.bits = bits.slice(0, told.length);
  return 0;
}

/** One step is all. */
export function finished(_told: Told): boolean {
  return false;
}

/**
 * LeadingOnes (Rudolph 1997); or Jump (Droste, Jansen and Wegener 2002), which is OneMax where it has no gap. The largest value is
 * the length and the gap together.
 */
export function judge({ bits, length, leading, gap }: Told): Judgement {
  if (leading > 0) {
    const zero = bits.indexOf(0);
    return { score: zero < 0 ? bits.length : zero, measures: {} };
  }
  const ones = bits.reduce((sum, bit) => sum + bit, 0);
  const isInGap = ones > length - gap && ones < length;
  return { score: isInGap ? length - ones : ones + gap, measures: {} };
}
