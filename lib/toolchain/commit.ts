/**
 * Writes into the listing what agents were built to.
 *
 * @module
 */

import type { Listing } from "../db/listing.ts";
import { folderKey } from "../db/agent_key.ts";
import { disable, disableAgain, reactivate } from "../db/transitions/status.ts";
import { enterBuild } from "../db/builds.ts";
import type { Issue } from "../util/issue.ts";
import { type BuildBase, type BuildRow, type BuildTrigger, builtFrom, isUnchanged } from "./due.ts";

/** What an agent came to. */
export interface Built {
  readonly row: BuildRow;
  /** Why it was built. */
  readonly trigger: BuildTrigger;
  /** The key of its content, null where it does not build. */
  readonly buildHash: string | null;
  readonly issue?: Issue;
  /** Whether it was known already that its content builds, or why it does not. */
  readonly cached: boolean;
}

/** Keeps what an agent came to and why it was built, and lets its state follow; call it inside a transaction. */
export function putAgent(listing: Listing, cycle: number, base: BuildBase, built: Built): void {
  const { row, issue } = built;
  enterBuild(listing, cycle, { ...built, id: row.id, from: builtFrom(row, base) });
  const unchanged = isUnchanged(row);
  if (issue === undefined) {
    if (row.status === "disabled" && (!unchanged || isOfBuild(row.code))) reactivate(listing, row.id, cycle, "built");
    return;
  }
  // Of code that is none of the run's it is for `scan` to find that it is put back.
  const key = issue.code === "audit.code" ? folderKey(issue) : undefined;
  if (row.status === "active") disable(listing, row.id, cycle, issue, key);
  else if (!unchanged || isOfBuild(row.code)) disableAgain(listing, row.id, cycle, issue, key);
}

/** Whether it was build that disabled an agent: then it may think better of it, as with another runtime. */
function isOfBuild(code: string | null): boolean {
  return code !== null && /^(build|genotype|template)\./.test(code);
}
