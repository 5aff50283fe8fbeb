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
