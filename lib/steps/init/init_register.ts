/**
 * Enters agents that `init` has created into the listing.
 *
 * @module
 */

import { recordEvent } from "../../db/events.ts";
import { madeFrom } from "../../db/build_key.ts";
import type { Created } from "../../agents/create_worker.ts";
import type { Listing } from "../../db/listing.ts";

/** What all agents of one `init` share. */
export interface Shared {
  /** The present cycle, 0 before the first one. */
  readonly cycle: number;
  /** The cycle after which they take part. */
  readonly born: number;
  /** Hash of the present pool. */
  readonly pool: string;
  /** Hash of the runtime. */
  readonly runtime: string;
  /** Energy that an agent starts with. */
  readonly energy: number;
}

const insert = `
INSERT INTO agents (ordinal, id, status, kind, state, generation, born, genome_hash, code_hash, genome_ok, stamp,
    wired_from, wired_stamp, build_key, metrics, metrics_of, energy)
  VALUES (coalesce((SELECT max(ordinal) + 1 FROM agents), 0), ?, 'active', 'init', 'grown', 0, ?, ?, ?, 1, ?,
    ?, ?, ?, ?, ?, ?)`;

/** Enters agents whose folders are there, in one transaction. */
export function register(listing: Listing, agents: readonly Created[], shared: Shared): void {
  const { cycle, born, pool, runtime, energy } = shared;
  listing.transaction(() => {
    for (const agent of agents) {
      const { id, genomeHash } = agent;
      const from = madeFrom(genomeHash, pool, runtime);
      const metrics = JSON.stringify(agent.metrics);
      listing.putBlob(genomeHash, "genome", agent.genome);
      listing.run(
        insert,
        id,
        born,
        genomeHash,
        pool,
        agent.stamp,
        from,
        agent.wired,
        agent.buildKey,
        metrics,
        genomeHash,
        energy,
      );
      recordEvent(listing, cycle, "agent.created", id, { index: agent.index, genomeHash, codeHash: pool });
    }
    count(listing, "draws", agents.reduce((sum, agent) => sum + agent.draws, 0));
    count(listing, "viable", agents.filter((agent) => agent.linked).length);
  });
}

function count(listing: Listing, key: "draws" | "viable", by: number): void {
  listing.setMeta(key, String(Number(listing.meta(key) ?? 0) + by));
}
