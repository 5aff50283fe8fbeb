/**
 * The inbox that an agent is born with.
 *
 * @module
 */

import { readInbox } from "../supervise/inbox.ts";
import type { Listing } from "./listing.ts";

/** The newborn's inbox, as a file by name: the genomes of the other parents; none where there are none. */
export function matesOf(listing: Listing, id: string): Record<string, string> {
  const { text } = readInbox(listing, id);
  return text === "" ? {} : { "inbox.ndjson": text };
}
