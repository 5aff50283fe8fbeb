/**
 * Several comparisons at once.
 *
 * @module
 */

/**
 * p-values adjusted so that the chance of any false claim among them is held (Holm 1979, "A simple sequentially rejective
 * multiple test procedure").
 *
 * @returns In the order of the values.
 */
export function holm(values: readonly number[]): number[] {
  const order = values.map((_, at) => at).sort((a, b) => values[a]! - values[b]!);
  const adjusted = new Array<number>(values.length);
  let least = 0;
  for (const [rank, at] of order.entries()) {
    least = Math.max(least, Math.min(1, (values.length - rank) * values[at]!));
    adjusted[at] = least;
  }
  return adjusted;
}
