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
  listing.run("INSERT INTO unwritten VALUES (?, ?) ON CONFLICT DO NOTHING", agent, file);
}
