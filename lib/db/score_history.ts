/**
 * The score history that an agent is given.
 *
 * @module
 */

import type { Listing } from "./listing.ts";
import type { AgentRequest } from "../runtime/contract.ts";

/** How many judged cycles the score history has. */
export const historyLength = 32;

/** An agent whose history is asked for. */
interface HistoryOf {
  readonly id: string;
  readonly cycle: number;
  readonly kind: string;
  readonly genomeHash: string;
  readonly bestScore: number | null;
  readonly bestGenomeHash: string | null;
}

interface PastRow {
  readonly score: number;
  readonly genome: string;
}

const query = `SELECT score, genome_hash AS genome FROM evaluations
  WHERE agent = ? AND kind = 'judged' AND cycle < ? AND score IS NOT NULL
    AND coalesce(conditions = ?, 1) ORDER BY cycle DESC LIMIT ${historyLength}`;

/**
 * The record of an agent up to the cycle before; empty for one that is just being born.
 *
 * @param conditions The present ones: scores of others can't be compared with those to come.
 */
export function scoreHistoryOf(listing: Listing, due: HistoryOf, conditions: string): AgentRequest["past"] {
  const { id, cycle, kind, genomeHash, bestScore, bestGenomeHash } = due;
  if (kind === "gestation") return { scores: [], present: [], bestScore: null, best: null };
  const rows = listing.all<PastRow>(query, id, cycle, conditions);
  const change = rows.findIndex((row) => row.genome !== genomeHash);
  const scores = rows.map((row) => row.score).reverse();
  const best = bestGenomeHash === null ? undefined : listing.blob(bestGenomeHash);
  return {
    scores,
    present: change < 0 ? scores : scores.slice(scores.length - change),
    bestScore: best ? bestScore : null,
    best: best?.toBase64() ?? null,
  };
}
