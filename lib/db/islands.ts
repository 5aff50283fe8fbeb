/**
 * On which island each agent is.
 *
 * @module
 */

import type { Listing } from "./listing.ts";

/** Spreads the agents evenly where there are other islands than at the last call; else each stays where it is. */
export function settle(listing: Listing, count: number): void {
  if (Number(listing.meta("islands") ?? 1) === count) return;
  listing.transaction(() => {
    listing.run("UPDATE agents SET island = ordinal % ?", count);
    listing.setMeta("islands", String(count));
  });
}
