/**
 * Shows an agent: its genes and parameters, where they came from, and what they came to.
 *
 * @module
 */

import { findJudged } from "../../db/best_agent.ts";
import { Listing } from "../../db/listing.ts";
import type { Counts, StepContext } from "../../step/context.ts";
import { loadPool, presentPool } from "../../template/template.ts";
import type { ModuleLanguage } from "../../toolchain/code_module.ts";
import { shownAgent } from "./agent.ts";

/**
 * Emits one `agent.shown`, or prints the same for people, or a module for programs of their own.
 *
 * Takes no lock: all is read within one snapshot of the listing. Needs read permission for the listing, its write-ahead log
 * and the run's template; for a module what `codeOf` needs as well.
 *
 * @param language What a module is to be written in; absent: none is asked for.
 * @throws {Misuse} If the step's arguments name no agent, or several.
 * @throws {StepFailed} If the run's template is missing.
 */
export async function show(step: StepContext, language?: ModuleLanguage): Promise<Counts> {
  const { paths, format } = step;
  using listing = Listing.open(paths.listing, { readOnly: true });
  listing.db.exec("BEGIN");
  try {
    const pool = loadPool(paths, presentPool(listing));
    const judged = findJudged(listing, step.args);
    const record = shownAgent(listing, paths, pool, judged);
    if (language !== undefined) {
      const { codeOf } = await import("./code.ts");
      step.print(await codeOf(listing, paths, pool, judged, record, language));
    } else if (format === "md") step.print((await import("./document.ts")).markdownOf(record));
    else if (format === "table") step.print((await import("./document.ts")).textOf(record));
    else step.emit(record);
    return { updates: 0, genes: record.genes.length };
  } finally {
    listing.db.exec("COMMIT");
  }
}
