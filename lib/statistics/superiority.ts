/**
 * How often one way does better than another.
 *
 * @module
 */

/**
 * The chance that a value of the one is larger than one of the other, equal ones counted half (Vargha and Delaney 2000, "A
 * critique and improvement of the CL common language effect size statistics"): 0.5 where neither is ahead; from 0.71 on they
 * call it large.
 *
 * @param ones At least one.
 * @param others At least one.
 */
export function superiority(ones: readonly number[], others: readonly number[]): number {
  let wins = 0;
  for (const one of ones) for (const other of others) wins += one > other ? 1 : one === other ? 0.5 : 0;
  return wins / (ones.length * others.length);
}
