/**
 * The inbox that an agent is born with.
 *
 * @module
 */

import type { Listing } from "./listing.ts";

/** The newborn's inbox, as a file by name: the genomes of the other parents; none where there are none. */
export function matesOf(listing: Listing, id: string): Record<string, string> {
  const mates = listing.all<{ sender: string; bytes: Uint8Array }>(
    `SELECT i.sender, b.bytes FROM inboxes i JOIN blobs b ON b.hash = i.body
      WHERE i.agent = ? AND i.kind = 'mate' ORDER BY i.position`,
    id,
  );
  if (mates.length === 0) return {};
  const lines = mates.map(({ sender, bytes }) => JSON.stringify({ from: sender, genome: bytes.toBase64() }));
  return { "inbox.ndjson": `${lines.join("\n")}\n` };
}
