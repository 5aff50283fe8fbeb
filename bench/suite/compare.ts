/**
 * Medians, and measurements in alternation.
 *
 * @module
 */

import type { Sample } from "../../lib/records/bench.ts";

/** The middle of some values; the mean of the two in the middle where their number is even. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** The medians of what several runs cost, each figure on its own. */
export function medianOf(samples: readonly Sample[]): Sample {
  const peaks = samples.map(({ peakKiB }) => peakKiB).filter((peak) => peak !== null);
  return {
    wallMs: median(samples.map(({ wallMs }) => wallMs)),
    cpuMs: median(samples.map(({ cpuMs }) => cpuMs)),
    peakKiB: peaks.length === samples.length ? median(peaks) : null,
  };
}

/** What several commands cost when they are run one after the other, as one. */
export function sumOf(samples: readonly Sample[]): Sample {
  const peaks = samples.map(({ peakKiB }) => peakKiB).filter((peak) => peak !== null);
  return {
    wallMs: samples.reduce((sum, { wallMs }) => sum + wallMs, 0),
    cpuMs: samples.reduce((sum, { cpuMs }) => sum + cpuMs, 0),
    peakKiB: peaks.length === samples.length ? Math.max(...peaks) : null,
  };
}

/** Medians of both sides. */
export interface Pair {
  readonly ours: Sample;
  readonly reference: Sample;
}

/**
 * Runs two things in turn, so that whatever else the machine does meets both, and gives the medians.
 *
 * @param repeats How often each is run, at least 1. Each call is given its number from 0.
 */
export async function inTurn(
  repeats: number,
  ours: (number: number) => Promise<Sample>,
  reference: (number: number) => Promise<Sample>,
): Promise<Pair> {
  const samples: { ours: Sample[]; reference: Sample[] } = { ours: [], reference: [] };
  for (let number = 0; number < repeats; number++) {
    // What comes second finds warm caches: each is second half of the times.
    const order = number % 2 === 0 ? ["reference", "ours"] as const : ["ours", "reference"] as const;
    for (const side of order) samples[side].push(await (side === "ours" ? ours : reference)(number));
  }
  return { ours: medianOf(samples.ours), reference: medianOf(samples.reference) };
}
