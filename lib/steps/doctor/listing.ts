/**
 * Whether the listing itself can be relied on: all else is repaired from it.
 *
 * @module
 */

import { DatabaseSync } from "node:sqlite";
import { Listing } from "../../db/listing.ts";
import { migrate } from "../../db/migrations/migrate.ts";
import { isFormer, listingVersion, versionOf } from "../../db/schema.ts";
import { bad, StepFailed } from "../../util/issue.ts";
import type { Finding } from "../../agents/inspection.ts";
import { systemErrorOf } from "../../util/system_error.ts";

/**
 * What there is to repair where an earlier release wrote the listing: it is brought to the present version.
 *
 * @returns Nothing where the listing is of another version, or none.
 */
export function formerListing(path: string): Finding & { readonly repair: () => void } | undefined {
  const version = readVersion(path);
  if (version === undefined || !isFormer(version)) return undefined;
  const message = `The listing must be of version ${listingVersion}: it is ${version}, which an earlier release wrote.`;
  const repair = () => Listing.open(path, { migrate }).close();
  return {
    id: null,
    ...bad("listing.version", message, path),
    repair,
    action: `it is of version ${listingVersion} now`,
  };
}

/** What can't be read says so where it is opened. */
function readVersion(path: string): number | undefined {
  try {
    using db = new DatabaseSync(path, { readOnly: true });
    return versionOf(db);
  } catch {
    return undefined;
  }
}

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
    if (systemErrorOf(error)?.code !== "listing.damaged") throw error;
    return [(error as Error).message];
  }
}
