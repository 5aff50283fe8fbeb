/**
 * Removes artifacts that nobody needs any more.
 *
 * @module
 */

import type { Listing } from "../../db/listing.ts";
import { artifactPath } from "../../signing/store.ts";

/**
 * Removes the artifacts that a compaction has left in the listing's `discarded`, but for those that an agent has again.
 *
 * To be called before anything is built: what a kill leaves half removed is removed by the next call, and an artifact
 * that is made again meanwhile is never removed after that.
 *
 * Needs read and write permission for the store and the listing.
 */
export function discardArtifacts(listing: Listing, store: string): void {
  const unused = listing.all<{ hash: string }>(
    "SELECT hash FROM discarded WHERE hash NOT IN (SELECT build_hash FROM agents WHERE status <> 'dead' AND build_hash IS NOT NULL)",
  );
  for (const { hash } of unused) {
    try {
      Deno.removeSync(artifactPath(store, hash));
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    }
  }
  if (listing.get("SELECT 1 FROM discarded LIMIT 1")) listing.run("DELETE FROM discarded");
}
