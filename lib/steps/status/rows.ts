/**
 * What the listing says of each agent.
 *
 * @module
 */

import type { Status } from "../../records/status.ts";

/** An agent as its record tells of it. */
export interface StatusRow {
  readonly id: string;
  readonly status: Status;
  readonly reason: string | null;
  readonly generation: number;
  readonly parents: string;
  readonly genomeHash: string;
  readonly codeHash: string;
  readonly buildHash: string | null;
  readonly score: number | null;
  readonly scoredGenomeHash: string | null;
  readonly energy: number;
  readonly crashes: number;
}

/** The same with what tables tell besides, and what agents are chosen by. */
export interface PeopleRow extends StatusRow {
  readonly age: number;
  readonly backoffUntilCycle: number | null;
  readonly last: string | null;
  readonly ms: number | null;
  readonly violation: number;
}

const columns = `id, status, reason, generation, parents, a.genome_hash AS genomeHash, a.code_hash AS codeHash,
  a.build_hash AS buildHash, a.score, scored_genome_hash AS scoredGenomeHash, energy, crashes`;

/** All agents in the order of their creation. */
export const query = `SELECT ${columns} FROM agents a ORDER BY ordinal`;

/** With what is for people alone: as it tells of times, it is in no record that runs are compared by. */
export const queryForPeople = `
SELECT ${columns}, coalesce(died, (SELECT max(cycle) FROM cycles), 0) - born AS age,
  CASE WHEN status = 'active' AND backoff_until_cycle > (SELECT max(cycle) FROM cycles) THEN backoff_until_cycle END AS backoffUntilCycle,
  e.outcome AS last, round(e.wall_ms) AS ms, a.violation AS violation
FROM agents a LEFT JOIN evaluations e ON e.agent = id AND e.kind <> 'race' AND e.cycle =
  (SELECT max(cycle) FROM evaluations WHERE agent = id AND kind <> 'race' AND outcome IS NOT NULL)
ORDER BY ordinal`;

/** What a record tells of an agent. */
export function recorded(row: PeopleRow): StatusRow {
  const { age: _, backoffUntilCycle: _b, last: _l, ms: _m, violation: _v, ...rest } = row;
  return rest;
}
