/**
 * Shows an agent: its genes and parameters, where they came from, and what they came to.
 *
 * @module
 */

import { findJudged } from "../../db/best_agent.ts";
import { Listing } from "../../db/listing.ts";
import type { Counts, StepContext } from "../../step/context.ts";
import { loadPool, presentPool } from "../../template/template.ts";
import { shownAgent } from "./agent.ts";

/**
 * Emits one `agent.shown`, or prints the same for people.
 *
 * Takes no lock: all is read within one snapshot of the listing. Needs read permission for the listing, its write-ahead log
 * and the run's template.
 *
 * @throws {Misuse} If the step's arguments name no agent, or several.
 * @throws {StepFailed} If the run's template is missing.
 */
export async function show(step: StepContext): Promise<Counts> {
  const { paths, format } = step;
  using listing = Listing.open(paths.listing, { readOnly: true });
  listing.db.exec("BEGIN");
  try {
    const pool = loadPool(paths, presentPool(listing));
    const record = shownAgent(listing, paths, pool, findJudged(listing, step.args));
    if (format === "md") step.print((await import("./document.ts")).markdownOf(record));
    else if (format === "table") step.print((await import("./document.ts")).textOf(record));
    else step.emit(record);
    return { updates: 0, genes: record.genes.length };
  } finally {
    listing.db.exec("COMMIT");
  }
}
