/**
 * The bytes of genomes, verified by their hashes.
 *
 * @module
 */

import { sha256 } from "../util/hash.ts";
import { genomeFile } from "../run/layout.ts";
import type { Listing } from "../db/listing.ts";
import { byteLimits } from "../runtime/genome_bytes.ts";
import { readIfWhole } from "../util/files.ts";

/**
 * The bytes of a genome from the listing's store, or from the folder of an agent that has it.
 *
 * Needs read permission for the agent's folder.
 *
 * @returns Bytes with just this hash, or `undefined` where they are not to be found.
 */
export async function genomeBytes(
  listing: Listing,
  agents: string,
  agent: { readonly id: string; readonly genomeHash: string },
): Promise<Uint8Array | undefined> {
  const stored = listing.blob(agent.genomeHash);
  if (stored && await sha256(stored) === agent.genomeHash) return stored;
  const bytes = readIfWhole(`${agents}/${agent.id}/${genomeFile}`, byteLimits.size);
  return bytes && await sha256(bytes) === agent.genomeHash ? bytes : undefined;
}
