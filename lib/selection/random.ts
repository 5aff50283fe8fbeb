/**
 * Draws from lists.
 *
 * @module
 */

import type { Random } from "../runtime/random.ts";

/** One of at least one, each as likely. */
export function pick<T>(from: readonly T[], random: Random): T {
  return from[Math.floor(random() * from.length)]!;
}

/** All of them in random order (Fisher and Yates, after Durstenfeld 1964). */
export function shuffled<T>(from: readonly T[], random: Random): T[] {
  const all = [...from];
  for (let i = all.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [all[i], all[j]] = [all[j]!, all[i]!];
  }
  return all;
}

/** Draws one of at least one in proportion to its weight, of at least 0; each as likely where all weigh nothing. */
export function weighted<T>(from: readonly T[], weight: (one: T) => number): (random: Random) => T {
  let total = 0;
  const sums = from.map((one) => total += weight(one));
  if (total === 0) return (random) => pick(from, random);
  return (random) => {
    const at = random() * total;
    let low = 0, high = sums.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (at < sums[middle]!) high = middle;
      else low = middle + 1;
    }
    return from[low]!;
  };
}
