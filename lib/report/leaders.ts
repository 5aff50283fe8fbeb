/**
 * The agents worth a look, and why others are disabled or dead.
 *
 * @module
 */

import type { Listing } from "../agents/listing.ts";
import type { LeaderReport, Tally } from "./types.ts";

/** At most ten agents with the highest scores, dead ones left out. */
export function readLeaders(listing: Listing): LeaderReport[] {
  return listing.all(
    `SELECT id, status, score, score_cycles AS cycles, generation, born, scored_genome_hash AS genomeHash
     FROM agents WHERE score IS NOT NULL AND status != 'dead' ORDER BY score DESC, ordinal LIMIT 10`,
  );
}

/** Agents of a status by the code of the reason, the most frequent first; at most 32 codes. */
export function readReasons(listing: Listing, status: "disabled" | "dead"): Tally[] {
  return listing.all(
    `SELECT coalesce(code, 'unknown') AS name, count(*) AS count FROM agents WHERE status = ?
     GROUP BY name ORDER BY count DESC, name LIMIT 32`,
    status,
  );
}
