/**
 * What is due: the evaluations that are to be run now.
 *
 * @module
 */

import type { EvaluationKind } from "../../records/evaluations.ts";
import { isScored } from "../../db/comparable.ts";
import type { Listing } from "../../db/listing.ts";

/** An evaluation that is due. */
export interface DueEvaluation {
  readonly kind: EvaluationKind;
  /** The cycle that its record and its random streams are named after: of a gestation the one of its birth. */
  readonly cycle: number;
  readonly ordinal: number;
  readonly id: string;
  readonly genomeHash: string;
  readonly codeHash: string;
  /** What the genome reaches of the pool; null for what was not wired since that is recorded. */
  readonly reach: string | null;
  /** The content key of its wiring, null for what was not wired. */
  readonly buildKey: string | null;
  /** Null where nothing was built for it. */
  readonly buildHash: string | null;
  /** Score and genome of the agent's best, null where there is none yet. */
  readonly bestScore: number | null;
  readonly bestGenomeHash: string | null;
  /** How long the agent's last evaluation took, in milliseconds: decides the order of starting, nothing else. */
  readonly lastMs: number;
}

/** What the rules of being due depend on besides the agents. */
export interface DueFacts {
  /** The open cycle; absent: none is open, and only births are due. */
  readonly cycle: number | undefined;
  /** Hash of the runtime that artifacts must hold. */
  readonly runtime: string;
  /** Hash of the run's present pool. */
  readonly pool: string;
  /** Hash of what all failures depend on, besides what each genome reaches: what failed under others is not waited for. */
  readonly circumstances: string;
  /** Whether an unchanged genome that has a score is judged again. */
  readonly noisy: boolean;
}

const columns =
  `a.ordinal, a.id, a.genome_hash AS genomeHash, a.code_hash AS codeHash, a.reach, a.build_key AS buildKey, a.build_hash AS buildHash,
  a.best_score AS bestScore, a.best_genome_hash AS bestGenomeHash,
  coalesce((SELECT e.wall_ms FROM evaluations e WHERE e.agent = a.id AND e.kind <> 'race' ORDER BY e.cycle DESC LIMIT 1), 0) AS lastMs`;

const births = `SELECT 'gestation' AS kind, a.born AS cycle, ${columns} FROM agents a
  WHERE a.status = 'active' AND a.stage = 'newborn' ORDER BY a.ordinal`;

const judgedRules = `a.status = 'active' AND a.stage = 'adult'
  AND a.build_hash IS NOT NULL AND a.built_from = a.genome_hash || ':' || a.reach || ':' || :runtime
  AND a.code_hash = :pool AND (a.backoff_until_cycle <= :cycle OR a.failed_under <> a.reach || ':' || :circumstances)
  AND (:noisy OR NOT ${isScored})
  AND NOT EXISTS (SELECT 1 FROM evaluations e
    WHERE e.cycle = :cycle AND e.agent = a.id AND e.kind = 'judged' AND e.outcome IS NOT NULL)`;

const judged = `SELECT 'judged' AS kind, :cycle AS cycle, ${columns} FROM agents a
  WHERE ${judgedRules} ORDER BY a.ordinal`;

/** Newborn agents whose gestation is due, in the order of their creation; they are due at any time. */
export function dueBirths(listing: Listing): DueEvaluation[] {
  return listing.all<DueEvaluation>(births);
}

/**
 * Agents whose judged episodes are due, in the order of their creation.
 *
 * Due is an agent that is active and adult, is built from its present genome, code and runtime, holds the present pool's code, is
 * not backed off after a crash, has no outcome in this cycle yet, and has no score for its genome and what it reaches or is in a noisy
 * world.
 */
export function dueJudged(listing: Listing, facts: DueFacts): DueEvaluation[] {
  return facts.cycle === undefined ? [] : query<DueEvaluation>(listing, judged, facts);
}

/** How many agents' judged episodes are due. */
export function countJudged(listing: Listing, facts: DueFacts): number {
  if (facts.cycle === undefined) return 0;
  return query<{ n: number }>(listing, `SELECT count(*) AS n FROM agents a WHERE ${judgedRules}`, facts)[0]!.n;
}

/**
 * The order in which evaluations are started: the longest first, so that none of them is begun when all others are done.
 *
 * It decides nothing else: no result depends on it.
 */
export function startOrder(evaluations: readonly DueEvaluation[]): DueEvaluation[] {
  return evaluations.toSorted((a, b) => b.lastMs - a.lastMs || a.ordinal - b.ordinal);
}

function query<T>(listing: Listing, sql: string, { cycle, runtime, pool, noisy, circumstances }: DueFacts): T[] {
  return listing.db.prepare(sql).all({ cycle: cycle!, runtime, pool, circumstances, noisy: noisy ? 1 : 0 }) as T[];
}
