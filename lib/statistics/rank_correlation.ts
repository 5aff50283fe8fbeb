/**
 * How far one value rises with another.
 *
 * @module
 */

/**
 * Spearman's rank correlation (Spearman 1904): 1 where one value rises whenever the other does, -1 where it falls; of equal values each
 * has the mean of their ranks.
 *
 * @param pairs In any order.
 * @returns Undefined of fewer than three pairs, or where one of the two is the same in all.
 */
export function rankCorrelation(pairs: readonly (readonly [number, number])[]): number | undefined {
  if (pairs.length < 3) return undefined;
  const [a, b] = [ranks(pairs.map(([x]) => x)), ranks(pairs.map(([, y]) => y))];
  const mean = (pairs.length - 1) / 2;
  let ab = 0, aa = 0, bb = 0;
  a.forEach((x, i) => {
    const [dx, dy] = [x - mean, b[i]! - mean];
    ab += dx * dy;
    aa += dx * dx;
    bb += dy * dy;
  });
  return aa === 0 || bb === 0 ? undefined : ab / Math.sqrt(aa * bb);
}

/** Ranks from 0 on. */
function ranks(values: readonly number[]): number[] {
  const order = [...values.keys()].sort((a, b) => values[a]! - values[b]!);
  const found = new Array<number>(values.length);
  for (let from = 0; from < order.length;) {
    let to = from + 1;
    while (to < order.length && values[order[to]!] === values[order[from]!]) to++;
    for (let i = from; i < to; i++) found[order[i]!] = (from + to - 1) / 2;
    from = to;
  }
  return found;
}
