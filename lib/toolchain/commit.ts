/**
 * Writes into the listing what agents were built to.
 *
 * @module
 */

import type { Listing } from "../db/listing.ts";
import { folderKey } from "../db/agent_key.ts";
import { disable, disableAgain, reactivate } from "../db/transitions/status.ts";
import { lastEvent } from "../db/events.ts";
import type { Issue } from "../util/issue.ts";
import { type BuildBase, type BuildCause, type BuildRow, builtFrom, isUnchanged } from "./due.ts";
import type { Statement } from "../signing/sign.ts";

/** What an agent came to. */
export interface Built {
  readonly row: BuildRow;
  /** Why it was built. */
  readonly why: BuildCause;
  /** The artifact's hash, null where there is none. */
  readonly artifact: string | null;
  readonly issue?: Issue;
  /** Whether its artifact, or the reason that it has none, was known already. */
  readonly cached: boolean;
}

/** A statement with its signature. */
export type Signed = Statement & { readonly signature: string };

/** Keeps signed statements; call it inside a transaction. */
export function putStatement(listing: Listing, { artifact, genome, runtime, world, policy, signature }: Signed): void {
  listing.run(
    `INSERT INTO statements (artifact, genome, runtime, world, policy, signature) VALUES (?, ?, ?, ?, ?, ?)
      ON CONFLICT (artifact, genome) DO UPDATE SET runtime = excluded.runtime, world = excluded.world,
        policy = excluded.policy, signature = excluded.signature`,
    artifact,
    genome,
    runtime,
    world,
    policy,
    signature,
  );
}

/** Forgets what is known of a program that is not what was built and signed, so that `build` makes it anew. */
export function forgetProgram(listing: Listing, artifact: string | null, genome: string): void {
  listing.run("DELETE FROM statements WHERE artifact = ? AND genome = ?", artifact, genome);
  listing.run("DELETE FROM builds WHERE artifact = ?", artifact);
}

/**
 * Keeps what a distinct content came to; call it inside a transaction.
 *
 * @param key Its build key.
 */
export function putBuild(listing: Listing, key: string, outcome: { artifact: string } | { issue: Issue }): void {
  const { artifact, code, message } = "artifact" in outcome
    ? { artifact: outcome.artifact, code: null, message: null }
    : { artifact: null, code: outcome.issue.code, message: outcome.issue.message };
  listing.run(
    `INSERT INTO builds (key, artifact, code, message) VALUES (?, ?, ?, ?)
      ON CONFLICT (key) DO UPDATE SET artifact = excluded.artifact, code = excluded.code, message = excluded.message`,
    key,
    artifact,
    code,
    message,
  );
}

/** Keeps what an agent came to and why it was built, and lets its state follow; call it inside a transaction. */
export function putAgent(listing: Listing, cycle: number, base: BuildBase, built: Built): void {
  const { row, artifact, issue } = built;
  const from = builtFrom(row, base);
  listing.run("UPDATE agents SET built_from = ?, build_hash = ? WHERE id = ?", from, artifact, row.id);
  recordBuild(listing, cycle, from, built);
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

function recordBuild(listing: Listing, cycle: number, from: string, { row, why, artifact, issue }: Built): void {
  listing.run(
    `INSERT INTO agent_builds (agent, cycle, after_event, why, built_from, artifact, code, message)
      VALUES (?, ?, ${lastEvent}, ?, ?, ?, ?, ?)`,
    row.id,
    cycle,
    why,
    from,
    artifact,
    issue?.code ?? null,
    issue?.message ?? null,
  );
}

/** Whether it was build that disabled an agent: then it may think better of it, as with another runtime. */
function isOfBuild(code: string | null): boolean {
  return code !== null && /^(build|genotype|template)\./.test(code);
}
