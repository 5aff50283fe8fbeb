/**
 * Enters agents that `init` has created into the listing.
 *
 * @module
 */

import { create } from "../../db/transitions/creation.ts";
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
  /** On how many islands they are, one after the other. */
  readonly islands: number;
}

/** Enters agents whose folders are there, in one transaction. */
export function register(listing: Listing, agents: readonly Created[], shared: Shared): void {
  const { cycle, born, pool, runtime, energy, islands } = shared;
  listing.transaction(() => {
    for (const agent of agents) {
      const { id, index, genomeHash, stamp, wired, reach, buildKey } = agent;
      listing.putBlob(genomeHash, "genome", agent.genome);
      create(listing, cycle, {
        id,
        index,
        born,
        genomeHash,
        codeHash: pool,
        stamp,
        wiredFrom: madeFrom(genomeHash, pool, runtime),
        wiredStamp: wired,
        reach,
        buildKey,
        metrics: JSON.stringify(agent.metrics),
        energy,
        island: index % islands,
        ...(agent.given && { from: agent.given.from }),
      });
    }
    count(listing, "draws", agents.reduce((sum, agent) => sum + agent.draws, 0));
    count(listing, "viable", agents.filter((agent) => agent.linked && !agent.given).length);
  });
}

function count(listing: Listing, key: "draws" | "viable", by: number): void {
  listing.setMeta(key, String(Number(listing.meta(key) ?? 0) + by));
}
