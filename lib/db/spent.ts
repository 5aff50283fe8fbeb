/**
 * What a run has spent on its search.
 *
 * @module
 */

import type { Listing } from "./listing.ts";

/** Judged evaluations of all cycles: of the closed ones by their statistics, which are kept for ever, and of the open one. */
export function judgedEvaluations(listing: Listing): number {
  const { closed, open } = listing.get<{ closed: number; open: number }>(
    `SELECT (SELECT coalesce(sum(statistics ->> '$.evaluated'), 0) FROM cycles WHERE state = 'closed') AS closed,
      (SELECT count(*) FROM evaluations WHERE kind = 'judged' AND outcome IS NOT NULL
        AND cycle IN (SELECT cycle FROM cycles WHERE state <> 'closed')) AS open`,
  )!;
  return closed + open;
}
