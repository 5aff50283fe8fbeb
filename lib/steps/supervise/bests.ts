/**
 * Agents' best genomes: what they were best with may have changed since.
 *
 * @module
 */

import type { Listing } from "../../db/listing.ts";
import { dropBest, keepBest } from "../../db/transitions/score.ts";
import type { Pool } from "../../genome/pool.ts";
import { reachText } from "../../genome/reach.ts";
import { fromBytes } from "../../runtime/genome_bytes.ts";
import type { Genome } from "../../runtime/genome_schema.ts";
import { sha256Now } from "../../util/hash_now.ts";

interface Best {
  readonly id: string;
  readonly genomeHash: string;
  readonly under: string | null;
}

const outdated = `SELECT id, best_genome_hash AS genomeHash, best_under AS under FROM agents
  WHERE status <> 'dead' AND best_genome_hash IS NOT NULL AND best_under IS NOT :pool || substr(best_under, 65)`;

/** What `agents.best_under` holds: a pool, and what of it a genome reached. */
export function madeUnder(pool: string, reach: string | null): string {
  return `${pool}:${reach ?? ""}`;
}

/**
 * Takes from agents the best genomes that reach other modules in the present pool than they were best with; the others
 * stay their best. Does nothing while the pool stays.
 */
export function renewBests(listing: Listing, pool: Pool): void {
  const bests = listing.db.prepare(outdated).all({ pool: pool.hash }) as unknown as Best[];
  if (bests.length === 0) return;
  listing.transaction(() => {
    for (const { id, genomeHash, under } of bests) {
      const bytes = listing.blob(genomeHash);
      const reach = bytes && sha256Now(reachText(fromBytes(bytes) as Genome, pool));
      if (reach !== undefined && under?.endsWith(`:${reach}`)) {
        keepBest(listing, id, madeUnder(pool.hash, reach));
      } else dropBest(listing, id);
    }
  });
}
