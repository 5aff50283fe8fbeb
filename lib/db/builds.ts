/**
 * What distinct contents came to, and each time that an agent was built.
 *
 * @module
 */

import type { Issue } from "../util/issue.ts";
import { lastEvent } from "./events.ts";
import type { Listing } from "./listing.ts";

/** One time that an agent was built. */
export interface AgentBuild {
  readonly id: string;
  /** Why it was built. */
  readonly trigger: string;
  /** The genome, what it reaches, and the runtime, as one text. */
  readonly from: string;
  /** The key of the content, null where it does not build. */
  readonly buildHash: string | null;
  readonly issue?: Issue;
}

/** What is wrong with a content that does not build; null: nothing; undefined: it is not known. */
export function findBuild(listing: Listing, buildHash: string): Issue | null | undefined {
  const row = listing.get<{ artifact: string | null; code: string; message: string }>(
    "SELECT artifact, code, message FROM builds WHERE key = ?",
    buildHash,
  );
  return row && (row.artifact === null ? { code: row.code, message: row.message } : null);
}

/** Keeps what a distinct content came to: nothing is wrong with it, or this; call it inside a transaction. */
export function putBuild(listing: Listing, buildHash: string, issue: Issue | undefined): void {
  listing.run(
    `INSERT INTO builds (key, artifact, code, message) VALUES (?, ?, ?, ?)
      ON CONFLICT (key) DO UPDATE SET artifact = excluded.artifact, code = excluded.code, message = excluded.message`,
    buildHash,
    issue ? null : buildHash,
    issue?.code ?? null,
    issue?.message ?? null,
  );
}

/** Enters what an agent was built to, and why; call it inside a transaction. */
export function enterBuild(listing: Listing, cycle: number, { id, trigger, from, buildHash, issue }: AgentBuild): void {
  listing.run("UPDATE agents SET built_from = ?, build_hash = ? WHERE id = ?", from, buildHash, id);
  listing.run(
    `INSERT INTO agent_builds (agent, cycle, after_event, trigger, built_from, artifact, code, message)
      VALUES (?, ?, ${lastEvent}, ?, ?, ?, ?, ?)`,
    id,
    cycle,
    trigger,
    from,
    buildHash,
    issue?.code ?? null,
    issue?.message ?? null,
  );
}

/** Forgets what is known of a content, so that it is built anew. */
export function forgetBuild(listing: Listing, buildHash: string): void {
  listing.run("DELETE FROM builds WHERE artifact = ?", buildHash);
}

/** Forgets what is known of all contents. */
export function forgetBuilds(listing: Listing): void {
  listing.run("DELETE FROM builds");
}
