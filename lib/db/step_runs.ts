/**
 * Where the time went.
 *
 * @module
 */

import type { Listing } from "./listing.ts";

/**
 * Notes a run of a step, in the present cycle.
 *
 * @param noted Counts by name, and beside them `perSecond` and the histograms of the stages.
 */
export function noteStepRun(
  listing: Listing,
  step: string,
  wallMs: number,
  noted: Readonly<Record<string, unknown>>,
): void {
  listing.run(
    "INSERT INTO step_runs (cycle, step, wall_ms, counts) SELECT coalesce(max(cycle), 0), ?, ?, ? FROM cycles",
    step,
    wallMs,
    JSON.stringify(noted),
  );
}
