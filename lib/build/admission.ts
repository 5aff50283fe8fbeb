/**
 * Which pools were found to be good, and under what: a line of the listing, so that it lasts as long as what it is about.
 *
 * @module
 */

import type { Listing } from "../agents/listing.ts";
import { buildPolicy } from "./policy.ts";

/** What a pool was admitted under: `present`, something else (`former`), or it never was. */
export type Admission = "present" | "former" | undefined;

/** What the listing tells of a pool; runs of versions before this have nothing of it. */
export function admissionOf(listing: Listing, pool: string, runtime: string): Admission {
  const known = listing.meta(`admitted:${pool}`);
  return known === undefined ? undefined : known === conditions(runtime) ? "present" : "former";
}

/** Records that a pool was found to be good, with the present contract and tools. */
export function recordAdmission(listing: Listing, pool: string, runtime: string): void {
  listing.setMeta(`admitted:${pool}`, conditions(runtime));
}

function conditions(runtime: string): string {
  return `${runtime} ${buildPolicy}`;
}
