/**
 * Files of agents that the listing is ahead of: they are to be written from it.
 *
 * @module
 */

import type { Listing } from "./listing.ts";

/** A file of an agent's folder that is written from the listing. */
export type PendingFile = "genome.bin" | "memory.json" | "inbox.ndjson" | "log.ndjson";

/** Notes that a file is to be written; call it in the transaction that changes what it should hold. */
export function markPending(listing: Listing, agent: string, file: PendingFile): void {
  listing.run("INSERT INTO pending_files VALUES (?, ?) ON CONFLICT DO NOTHING", agent, file);
}

/** Notes that all files of an agent are written. */
export function forgetPending(listing: Listing, agent: string): void {
  listing.run("DELETE FROM pending_files WHERE agent = ?", agent);
}

/** Notes that no file of any agent is to be written. */
export function forgetAllPending(listing: Listing): void {
  listing.run("DELETE FROM pending_files");
}

/** Files that are to be written. */
export function pendingFiles(listing: Listing): { readonly agent: string; readonly file: string }[] {
  return listing.all("SELECT agent, file FROM pending_files");
}

/** Notes that one file is written. */
export function forgetPendingFile(listing: Listing, agent: string, file: string): void {
  listing.run("DELETE FROM pending_files WHERE agent = ? AND file = ?", agent, file);
}
