/**
 * What an agent loses with its genome.
 *
 * @module
 */

import type { Listing } from "./listing.ts";

/**
 * Takes an agent's score and memory from it, since both belong to the genome that it has left; call it inside the
 * transaction that gives it another one.
 */
export function leaveGenome(listing: Listing, id: string): void {
  listing.run("UPDATE agents SET score = NULL, scored_genome_hash = NULL, score_cycles = 0 WHERE id = ?", id);
  if (listing.run("DELETE FROM memories WHERE agent = ?", id) === 0) return;
  listing.run("INSERT INTO unwritten VALUES (?, 'memory.json') ON CONFLICT DO NOTHING", id);
}
