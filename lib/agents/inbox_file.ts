/**
 * The inbox as it lies in an agent's folder.
 *
 * @module
 */

import { readInbox } from "../db/inbox.ts";
import type { Listing } from "../db/listing.ts";

/** An agent's inbox as a file by name; none where it is empty. A newborn's holds the genomes of the other parents. */
export function inboxOf(listing: Listing, id: string): Record<string, string> {
  const { text } = readInbox(listing, id);
  return text === "" ? {} : { "inbox.ndjson": text };
}
