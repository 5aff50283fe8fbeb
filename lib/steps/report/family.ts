/**
 * All agents of a run as columns of numbers: what a walk over the lineage needs, 20 bytes an agent.
 *
 * @module
 */

import type { Listing } from "../../db/listing.ts";

/** The agents in order of creation. Parents come before their children. */
export interface Family {
  readonly length: number;
  /** Index of the parent that gave genome and artifact, -1 for founders. */
  readonly parent: Int32Array;
  /** Cycle of birth. */
  readonly born: Int32Array;
  /** The cycle at whose end it was no longer alive; beyond the last cycle for the living. */
  readonly until: Int32Array;
  readonly generation: Int32Array;
  /** 1 for those that are active now. */
  readonly active: Uint8Array;
}

// As one JSON text for each thousand: a quarter of the time of one row after the other.
const chunk = 1000;

const query = `
SELECT json_group_array(json_array(ordinal, parent, born, until, generation, active)) AS agents FROM (
  SELECT a.ordinal, p.ordinal AS parent, a.born, a.generation, a.status = 'active' AS active,
    CASE WHEN a.disabled_cycle IS NULL THEN a.died
      WHEN a.died IS NULL OR a.disabled_cycle < a.died THEN a.disabled_cycle ELSE a.died END AS until
  FROM agents a LEFT JOIN agents p ON p.id = a.parents ->> '$[0].id'
  WHERE a.ordinal >= ? AND a.ordinal < ?)`;

type Agent = readonly [number, number | null, number, number | null, number, number];

/**
 * Reads all agents.
 *
 * @param cycle The last cycle.
 */
export function readFamily(listing: Listing, cycle: number): Family {
  const length = listing.get<{ n: number }>("SELECT coalesce(max(ordinal), -1) + 1 AS n FROM agents")!.n;
  const family = {
    length,
    parent: new Int32Array(length).fill(-1),
    born: new Int32Array(length).fill(cycle + 1),
    until: new Int32Array(length),
    generation: new Int32Array(length),
    active: new Uint8Array(length),
  };
  for (let from = 0; from < length; from += chunk) {
    const { agents } = listing.get<{ agents: string }>(query, from, Math.min(from + chunk, length))!;
    for (const [ordinal, parent, born, until, generation, active] of JSON.parse(agents) as Agent[]) {
      family.parent[ordinal] = parent ?? -1;
      family.born[ordinal] = born;
      family.until[ordinal] = until ?? cycle + 1;
      family.generation[ordinal] = generation;
      family.active[ordinal] = active;
    }
  }
  return family;
}
