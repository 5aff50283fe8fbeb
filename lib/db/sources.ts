/**
 * Facts of source files, by the SHA-256 of path and text.
 *
 * @module
 */

import type { Listing } from "./listing.ts";

/** What is known of a source file, as JSON, or `undefined`. */
export function factsOf(listing: Listing, hash: string): string | undefined {
  return listing.get<{ facts: string }>("SELECT facts FROM sources WHERE hash = ?", hash)?.facts;
}

/** Keeps what is known of a source file. */
export function keepFacts(listing: Listing, hash: string, facts: string): void {
  listing.run("INSERT INTO sources VALUES (?, ?) ON CONFLICT DO NOTHING", hash, facts);
}

/** Forgets what is known of all source files. */
export function forgetFacts(listing: Listing): void {
  listing.run("DELETE FROM sources");
}
