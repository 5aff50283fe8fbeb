/**
 * Genomes that the listing keeps. Apart from their bytes, as the schema that checks them takes long to load.
 *
 * @module
 */

import type { Listing } from "../db/listing.ts";
import { decodeGenome } from "../genome/codec.ts";
import type { Genome } from "../runtime/genome_schema.ts";

/** A genome of the listing; `undefined` where it keeps none of this hash, or bytes that are no genome. */
export function keptGenome(listing: Listing, hash: string): Genome | undefined {
  const bytes = listing.blob(hash);
  const decoded = bytes && decodeGenome(bytes);
  return decoded?.ok ? decoded.value : undefined;
}
