/**
 * Whether the listing itself can be relied on: all else is mended from it.
 *
 * @module
 */

import type { Listing } from "../../db/listing.ts";
import { StepFailed } from "../../util/issue.ts";
import { troubleOf } from "../../util/system_error.ts";

/**
 * Demands that the database is sound, page by page and index by index.
 *
 * @throws {StepFailed} If it is not: says how, and what to do.
 */
export function demandSound(listing: Listing, path: string): void {
  const wrong = problems(listing);
  if (wrong.length === 0) return;
  throw new StepFailed({
    code: "listing.damaged",
    message: `The listing of agents is damaged (${wrong[0]}${wrong.length > 1 ? ", and more" : ""}); ` +
      "put a backup in its place by `deno task restore FILE --force`.",
    path,
  });
}

function problems(listing: Listing): string[] {
  try {
    const rows = listing.all<{ integrity_check: string }>("PRAGMA integrity_check(10)");
    return rows.map((row) => row.integrity_check.replaceAll(/\s+/g, " ")).filter((text) => text !== "ok");
  } catch (error) {
    if (troubleOf(error)?.code !== "listing.damaged") throw error;
    return [(error as Error).message];
  }
}
