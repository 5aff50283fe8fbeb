/**
 * What share of each parent's genome a newborn agent has.
 *
 * @module
 */

import type { Listing } from "../../db/listing.ts";
import { enterParents, parentsOf } from "../../db/parents.ts";
import { fromBytes } from "../../runtime/genome_bytes.ts";
import { genomeShare } from "../../genome/diff.ts";
import type { Genome } from "../../runtime/genome_schema.ts";

/**
 * Records the shares of a newborn's parents; call it inside a transaction.
 *
 * @param genome The bytes that the gestation came to: looked at for the record, never changed.
 */
export function keepShares(listing: Listing, id: string, genome: Uint8Array): void {
  const child = decoded(genome);
  const parents = parentsOf(listing, id);
  const shares = parents.map((parent) => ({ ...parent, share: share(child, listing.blob(parent.genomeHash)) }));
  enterParents(listing, id, shares);
}

function share(child: Genome | undefined, parent: Uint8Array | undefined): number | null {
  if (!child || !parent) return null;
  try {
    return genomeShare(child, fromBytes(parent) as Genome);
  } catch {
    return null;
  }
}

/** What an agent returns may be no genome at all; the next `scan` finds that out and says so. */
function decoded(genome: Uint8Array): Genome | undefined {
  try {
    return fromBytes(genome) as Genome;
  } catch {
    return undefined;
  }
}
