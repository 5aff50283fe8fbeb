/**
 * A stable merge sort: what it does with a comparison that contradicts itself is the same in every engine.
 *
 * @module
 */

/** Says by its sign which of two comes first. */
export type Comparison = (a: unknown, b: unknown) => unknown;

/**
 * Sorts in place.
 *
 * @param list What is to be sorted.
 * @param compare Which of two comes first; what is no number counts as 0.
 */
export function mergeSort(list: unknown[], compare: Comparison): void {
  const { length } = list;
  const run = 8;
  for (let from = 0; from < length; from += run) insertionSort(list, from, Math.min(from + run, length), compare);
  let source = list, target = list.slice();
  for (let width = run; width < length; width *= 2) {
    for (let from = 0; from < length; from += 2 * width) {
      merge(source, target, from, Math.min(from + width, length), Math.min(from + 2 * width, length), compare);
    }
    [source, target] = [target, source];
  }
  if (source !== list) { for (let i = 0; i < length; i++) list[i] = source[i]; }
}

/** By the order of UTF-16 code units, as sorting does where it is told nothing. */
export function compareTexts(a: unknown, b: unknown): number {
  const left = `${a}`, right = `${b}`;
  return left < right ? -1 : left > right ? 1 : 0;
}

function insertionSort(list: unknown[], from: number, to: number, compare: Comparison): void {
  for (let i = from + 1; i < to; i++) {
    const item = list[i];
    let at = i;
    for (; at > from && Number(compare(list[at - 1], item)) > 0; at--) list[at] = list[at - 1];
    list[at] = item;
  }
}

function merge(
  source: readonly unknown[],
  target: unknown[],
  from: number,
  middle: number,
  to: number,
  compare: Comparison,
): void {
  let left = from, right = middle;
  for (let at = from; at < to; at++) {
    const leftFirst = right >= to || (left < middle && !(Number(compare(source[left], source[right])) > 0));
    target[at] = source[leftFirst ? left++ : right++];
  }
}
