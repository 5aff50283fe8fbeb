/**
 * Bytes that are kept under their SHA-256, and how what names them is brought to name them no more.
 *
 * @module
 */

import type { Listing } from "./listing.ts";

/** Which of these hashes no bytes are kept under. */
export function lackingBlobs(listing: Listing, hashes: readonly string[]): ReadonlySet<string> {
  const lacking = listing.all<{ hash: string }>(
    "SELECT value AS hash FROM json_each(?) WHERE value NOT IN (SELECT hash FROM blobs)",
    JSON.stringify(hashes),
  );
  return new Set(lacking.map(({ hash }) => hash));
}

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

/** What is forgotten of an evaluation that is not to be run again. */
export const forgottenInputs =
  "shared_inputs = NULL, past_best_score = NULL, past_best_genome = NULL, memory_after = NULL";

/** Forgets evidence of an agent, and with it what the agent was given for it. */
export function forgetEvidence(listing: Listing, id: string, hash: string): void {
  listing.run(
    `UPDATE evaluations SET evidence_hash = NULL, ${forgottenInputs} WHERE agent = ? AND evidence_hash = ?`,
    id,
    hash,
  );
}

/** The evaluations for which is kept what they were given, with each hash of it. */
export const givenHashes = `SELECT e.agent AS id, one.value AS hash FROM evaluations e,
    json_each(json_array(inputs ->> '$.inbox', inputs ->> '$.memory', past_best_genome)) AS one
  WHERE shared_inputs IS NOT NULL AND one.value IS NOT NULL`;

/** Forgets what an agent was given where a part of it is lost. */
export function forgetGiven(listing: Listing, id: string, hash: string): void {
  listing.run(
    `UPDATE evaluations SET ${forgottenInputs} WHERE agent = ?1 AND shared_inputs IS NOT NULL
      AND ?2 IN (inputs ->> '$.inbox', inputs ->> '$.memory', past_best_genome)`,
    id,
    hash,
  );
}
