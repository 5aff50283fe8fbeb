/**
 * Shows an agent: its genes and parameters, where they came from, and what they came to.
 *
 * @module
 */

import { findJudged } from "../../db/best_agent.ts";
import { Listing } from "../../db/listing.ts";
import type { Counts, StepContext } from "../../step/context.ts";
import { KnownPools } from "../../template/known_pools.ts";
import { presentPool } from "../../template/template.ts";
import type { ModuleLanguage } from "../../toolchain/code_module.ts";
import { writeNewFile } from "../../util/files.ts";
import { Misuse } from "../../util/issue.ts";
import { shownAgent } from "./agent.ts";

/** Where a module goes. */
export interface CodePlace {
  /** What it is written in. */
  readonly language: ModuleLanguage;
  /** The absolute path of a file; absent: stdout. */
  readonly file?: string;
}

/**
 * Emits one `agent.shown`, or prints the same for people, or a module for programs of their own.
 *
 * Takes no lock: all is read within one snapshot of the listing. Needs read permission for the listing, its write-ahead log
 * and the run's template; for a module what `codeOf` needs as well.
 *
 * @param place Where a module is to go; absent: none is asked for. To write a file needs write permission for its folder.
 * @throws {Misuse} If the step's arguments name no agent, or several, or the file is there already.
 * @throws {StepFailed} If the run's template is missing.
 */
export async function show(step: StepContext, place?: CodePlace): Promise<Counts> {
  const { paths, format } = step;
  using listing = Listing.open(paths.listing, { readOnly: true });
  listing.db.exec("BEGIN");
  try {
    const pools = new KnownPools(paths, presentPool(listing));
    const code = await pools.codeOf(pools.present);
    const judged = findJudged(listing, step.args);
    const record = shownAgent(listing, pools.pool, code, judged);
    if (place !== undefined) {
      const { codeOf } = await import("./code.ts");
      const text = await codeOf(listing, paths, pools.pool, judged, record, place.language);
      if (place.file === undefined) step.print(text);
      else {
        writeNew(place.file, text);
        step.say(`the module is in ${place.file}.`);
      }
    } else if (format === "md") step.print((await import("./document.ts")).markdownOf(record));
    else if (format === "table") step.print((await import("./document.ts")).textOf(record));
    else step.emit(record);
    return { updates: 0, genes: record.genes.length };
  } finally {
    listing.db.exec("COMMIT");
  }
}

/** Writes a file that is not there yet. */
function writeNew(file: string, text: string): void {
  if (writeNewFile(file, text)) return;
  throw new Misuse({
    code: "show.file",
    message: `Cannot write ${file} as it must not be there yet; remove it, or take another name.`,
    path: file,
  });
}
