/**
 * A few of many.
 *
 * @module
 */

/** At most `most` items, evenly spread, the first and the last among them. */
export function spread<T>(items: readonly T[], most: number): T[] {
  if (items.length <= most) return [...items];
  if (most < 2) return items.slice(items.length - most);
  return Array.from({ length: most }, (_, i) => items[Math.round(i * (items.length - 1) / (most - 1))]!);
}

/** At most `most` items at even distances, the last among them: what stands beside each other as columns can be compared. */
export function evenly<T>(items: readonly T[], most: number): T[] {
  const step = Math.max(1, Math.ceil(items.length / most));
  return items.filter((_, i) => (items.length - 1 - i) % step === 0);
}
