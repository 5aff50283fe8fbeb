/**
 * Bytes that are kept under their SHA-256, and how what names them is brought to name them no more.
 *
 * @module
 */

import type { Listing } from "./listing.ts";

/** Drops the bytes that are kept under a hash. */
export function dropBlob(listing: Listing, hash: string): void {
  listing.run("DELETE FROM blobs WHERE hash = ?", hash);
}

/** Forgets the genome that an agent had when it was best. */
export function forgetBest(listing: Listing, id: string, hash: string): void {
  listing.run(
    "UPDATE agents SET best_genome_hash = NULL, best_score = NULL WHERE id = ? AND best_genome_hash = ?",
    id,
    hash,
  );
}

/** Forgets evidence of an agent. */
export function forgetEvidence(listing: Listing, id: string, hash: string): void {
  listing.run("UPDATE evaluations SET evidence_hash = NULL WHERE agent = ? AND evidence_hash = ?", id, hash);
}
