/**
 * What births led to.
 *
 * @module
 */

import type { BirthCycleReport, BirthReport } from "../../records/report_lineage.ts";
import type { Listing } from "../../db/listing.ts";

/**
 * Reads what births led to.
 *
 * @param ends What is known already of how evaluations ended.
 */
export function readBirths(
  listing: Listing,
  ends: Pick<BirthReport, "gestations" | "adapted" | "judged">,
): Omit<BirthReport, "operators"> {
  const cycles = listing.all<BirthCycleReport>(
    `SELECT born AS cycle, count(*) FILTER (WHERE kind = 'birth') AS births,
       count(*) FILTER (WHERE kind = 'copy') AS copies,
       count(*) FILTER (WHERE kind = 'random') AS random,
       count(*) FILTER (WHERE kind = 'birth' AND disabled_cycle IS NOT NULL AND best_score IS NULL AND NOT EXISTS
         (SELECT 1 FROM evaluations e WHERE e.agent = agents.id AND e.kind = 'judged' AND e.score IS NOT NULL)) AS unviable
     FROM agents WHERE kind != 'init' GROUP BY born ORDER BY born`,
  );
  const sum = { births: 0, copies: 0, unviable: 0 };
  for (const row of cycles) {
    sum.births += row.births;
    sum.copies += row.copies;
    sum.unviable += row.unviable;
  }
  return { ...sum, viableShare: sum.births === 0 ? null : 1 - sum.unviable / sum.births, ...ends, cycles };
}
