/**
 * What failed, and what that was due to.
 *
 * @module
 */

import type { Tally } from "../../records/report.ts";
import type { Cause } from "../../records/cause.ts";
import type { Report } from "./types.ts";

/** How many evaluations have failed over all cycles, and how many agents are disabled now, for one cause. */
export function failures(report: Pick<Report, "outcomes" | "disabled">, cause: Cause) {
  return { evaluations: countOf(report.outcomes, cause), disabled: countOf(report.disabled, cause) };
}

function countOf(tallies: readonly Tally[], cause: Cause): number {
  return tallies.reduce((sum, one) => one.cause === cause ? sum + one.count : sum, 0);
}
