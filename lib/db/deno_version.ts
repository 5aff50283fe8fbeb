/**
 * The version of Deno that a run was made with.
 *
 * @module
 */

import { Listing } from "./listing.ts";

/** Records the version with which a run is made; a run that has one keeps it. */
export function recordDeno(listing: Listing): void {
  if (listing.meta("deno") === undefined) listing.setMeta("deno", Deno.version.deno);
}

/** What there is to say where a run goes on in another version than it was made with; nothing where it is the same. */
export function otherDeno(listing: Listing): string | undefined {
  const made = listing.meta("deno");
  if (made === undefined || made === Deno.version.deno) return undefined;
  return `this run was made with Deno ${made} and goes on with Deno ${Deno.version.deno}; ` +
    "should results differ from those of an equal run, this may be why.";
}

/**
 * The same of a run whose listing is not open. One that can't be read says so where it is needed.
 *
 * Needs read permission for the listing and its write-ahead log.
 */
export function otherDenoOf(path: string): string | undefined {
  try {
    using listing = Listing.open(path, { readOnly: true });
    return otherDeno(listing);
  } catch {
    return undefined;
  }
}
