/**
 * What agents remember within their lifetime.
 *
 * @module
 */

import type { Listing } from "./listing.ts";

/** The hash of an agent's memory, or `undefined` where it is empty. */
export function memoryHash(listing: Listing, agent: string): string | undefined {
  return listing.get<{ hash: string }>("SELECT hash FROM memories WHERE agent = ?", agent)?.hash;
}

/** Forgets an agent's memory. */
export function forgetMemory(listing: Listing, agent: string): boolean {
  return listing.run("DELETE FROM memories WHERE agent = ?", agent) > 0;
}

/** Keeps an agent's memory, whose bytes are kept under the hash. */
export function keepMemory(listing: Listing, agent: string, hash: string): void {
  listing.run("INSERT INTO memories VALUES (?, ?) ON CONFLICT DO UPDATE SET hash = excluded.hash", agent, hash);
}
