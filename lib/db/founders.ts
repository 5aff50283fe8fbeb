/**
 * The best of the initial population: a control for what evolution comes to.
 *
 * @module
 */

import { lastCompacted } from "./cycle_reports.ts";
import type { Listing } from "./listing.ts";

/** A genome of the initial population. */
export interface Founder {
  readonly agent: string;
  readonly genomeHash: string;
  readonly codeHash: string;
  /** What the genome reaches of the pool; null where that is not known. */
  readonly reach: string | null;
  readonly buildHash: string;
}

/** How many founders are known. */
const most = 16;

/** Agents that `init` made before the first cycle, by what they did in it: best first. */
const judged = `SELECT e.agent, e.genome_hash AS genomeHash, e.code_hash AS codeHash, e.reach, e.build_hash AS buildHash
  FROM evaluations e JOIN agents a ON a.id = e.agent
  WHERE e.cycle = 1 AND e.kind = 'judged' AND e.score IS NOT NULL AND a.kind = 'init' AND a.born = 0
  ORDER BY e.violation, e.score DESC, a.ordinal LIMIT ${most}`;

/**
 * The best of the initial population as the first cycle judged them, best first: none where that is not over, or where a
 * release that did not keep them has forgotten it.
 */
export function foundersOf(listing: Listing): Founder[] {
  const kept = listing.all<Founder>(
    `SELECT agent, genome_hash AS genomeHash, code_hash AS codeHash, reach, build_hash AS buildHash FROM founders
      ORDER BY position`,
  );
  if (kept.length > 0 || lastCompacted(listing) > 0) return kept;
  const isOver = listing.get("SELECT 1 FROM cycles WHERE cycle = 1 AND state = 'closed'");
  return isOver ? listing.all<Founder>(judged) : [];
}

/** Keeps them beyond the compaction of the first cycle; call it in the transaction of that, before anything goes. */
export function keepFounders(listing: Listing): void {
  listing.run(`INSERT INTO founders (position, agent, genome_hash, code_hash, reach, build_hash)
    SELECT row_number() OVER (), * FROM (${judged})`);
}

/** Forgets one of them whose genome is lost. */
export function forgetFounder(listing: Listing, agent: string, genomeHash: string): void {
  listing.run("DELETE FROM founders WHERE agent = ? AND genome_hash = ?", agent, genomeHash);
}
