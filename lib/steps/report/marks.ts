/**
 * Evaluations that were played otherwise than the world's author may expect.
 *
 * @module
 */

import type { WorldSettings } from "../../runtime/contract.ts";
import type { Listing } from "../../db/listing.ts";
import type { MarkedReport, SummaryReport } from "../../records/report.ts";

/** Evaluations of a cycle with actions out of a declared space, and with draws in a world that is not noisy. */
export function readMarks(
  listing: Listing,
  cycle: number,
  world: Pick<WorldSettings, "action">,
): Pick<SummaryReport, "invalid" | "drew"> {
  // Where actions have names alone, an agent without one does the first.
  const invalid = world.action && marked(listing, cycle, "invalid");
  const drew = marked(listing, cycle, "drew");
  return { ...(invalid && { invalid }), ...(drew && { drew }) };
}

function marked(listing: Listing, cycle: number, column: "invalid" | "drew"): MarkedReport | undefined {
  const found = listing.get<MarkedReport>(
    `SELECT count(*) FILTER (WHERE ${column} > 0) AS evaluations, count(*) AS "of",
       (SELECT agent FROM evaluations WHERE cycle = ?1 AND kind = 'judged' ORDER BY ${column} DESC, agent LIMIT 1) AS agent
     FROM evaluations WHERE cycle = ?1 AND kind = 'judged' AND outcome = 'finished'`,
    cycle,
  )!;
  return found.evaluations > 0 ? found : undefined;
}
