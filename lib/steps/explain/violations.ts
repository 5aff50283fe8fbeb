/**
 * How far what an agent was ranked for broke what must hold.
 *
 * @module
 */

import type { Subject } from "./entry.ts";

interface JudgedRow {
  readonly cycle: number;
  readonly genomeHash: string;
  readonly violation: number;
}

const query = `SELECT cycle, genome_hash AS genomeHash, violation FROM evaluations
  WHERE agent = ? AND kind = 'judged' AND score IS NOT NULL ORDER BY cycle`;

/**
 * Adds to each rank the violation that it was given with: the mean over the evaluations of one genome in a row, as the score is;
 * 0 where these are not kept.
 *
 * @param ranks In the order of their cycles.
 */
export function withViolations<T extends { readonly cycle: number }>(
  { listing, id }: Subject,
  ranks: readonly T[],
): (T & { readonly violation: number })[] {
  const judged = listing.all<JudgedRow>(query, id);
  let at = 0, sum = 0, count = 0;
  return ranks.map((rank) => {
    for (let row = judged[at]; row && row.cycle <= rank.cycle; row = judged[++at]) {
      if (judged[at - 1]?.genomeHash !== row.genomeHash) sum = count = 0;
      sum += row.violation;
      count++;
    }
    return { ...rank, violation: count === 0 ? 0 : sum / count };
  });
}
