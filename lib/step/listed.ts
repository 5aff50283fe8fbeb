/**
 * What the frame of a step reads and writes in the listing.
 *
 * @module
 */

import { statusOf } from "../db/agents.ts";
import { Listing } from "../db/listing.ts";
import { noteStepRun } from "../db/step_runs.ts";

/** Parts a set of ids into those that the listing has, alive or dead, and the others. */
export function partIds(
  path: string,
  ids: Iterable<string>,
): { readonly known: ReadonlySet<string>; readonly unknown: readonly string[] } {
  using listing = Listing.open(path, { readOnly: true });
  const known = new Set<string>();
  const unknown: string[] = [];
  for (const id of ids) {
    if (statusOf(listing, id)) known.add(id);
    else unknown.push(id);
  }
  return { known, unknown };
}

/**
 * Notes where the time went, for reports.
 *
 * @param noted Counts by name, and beside them `perSecond` and the histograms of the stages.
 */
export function noteRun(path: string, step: string, wallMs: number, noted: Readonly<Record<string, unknown>>): void {
  using listing = Listing.open(path);
  noteStepRun(listing, step, wallMs, noted);
}
