/**
 * What a cycle costs and earns those who need not be judged again.
 *
 * @module
 */

import type { Listing } from "../../db/listing.ts";
import { charge } from "../../db/transitions/score.ts";
import { charged, type EnergyOptions } from "./standing.ts";

interface Account {
  readonly id: string;
  readonly energy: number;
  readonly score: number;
}

/**
 * Charges the agents that were not due in a cycle since their genome has its score, in a world that is not noisy: they
 * earn that score again and pay their upkeep, as if they had lived it once more. Call it in the transaction that ends
 * the cycle's episodes.
 */
export function chargeSettled(listing: Listing, cycle: number, options: EnergyOptions): void {
  const accounts = listing.all<Account>(
    `SELECT id, energy, score FROM agents a
      WHERE status = 'active' AND state = 'grown' AND score IS NOT NULL AND scored_genome_hash = genome_hash
        AND resting_until <= ?1
        AND NOT EXISTS (SELECT 1 FROM episodes e WHERE e.agent = a.id AND e.kind = 'judged' AND e.cycle = ?1)`,
    cycle,
  );
  for (const { id, energy, score } of accounts) {
    charge(listing, id, charged(energy, score, options));
  }
}
