/**
 * What evaluations earn an agent, and what they cost it.
 *
 * Call each inside the transaction of the evaluation.
 *
 * @module
 */

import type { EvaluationFailure } from "../../records/events.ts";
import { recordEvent } from "../events.ts";
import type { Listing } from "../listing.ts";

/** What an agent has earned: its score and its best genome. */
export interface AgentScore {
  /** Mean over the judged cycles of the genome that it names. */
  readonly score: number | null;
  readonly scoredGenomeHash: string | null;
  /** What that genome reached when it earned it, world included; null where that is not known. */
  readonly scoredReach: string | null;
  /** Judged cycles that the score is the mean of. */
  readonly scoreCycles: number;
  /** Mean over the same cycles: how far it breaks what must hold, 0 if nothing does. */
  readonly violation: number;
  readonly bestScore: number | null;
  readonly bestViolation: number;
  readonly bestGenomeHash: string | null;
}

/** A failure that an agent is to blame for. */
export interface CountedFailure {
  /** Failures in a row, with this one. */
  readonly crashes: number;
  /** The circumstances of it: the back-off ends with these. */
  readonly failedUnder: string;
  /** First cycle in which it is due again; 0: the next one. */
  readonly backoffUntil: number;
}

/**
 * Enters what an agent has earned by a judged evaluation: its failures are forgotten.
 *
 * @param under The conditions that the score was earned under; and the pool and what of it the genome reached, which
 * becomes its best's where the genome is that.
 */
export function score(
  listing: Listing,
  id: string,
  account: AgentScore,
  under: { readonly conditions: string; readonly bestUnder: string },
): void {
  const isBest = account.bestGenomeHash === account.scoredGenomeHash;
  listing.run(
    `UPDATE agents SET score = ?, scored_genome_hash = ?, scored_reach = ?, score_cycles = ?, violation = ?, best_score = ?,
      best_violation = ?, best_genome_hash = ?, best_under = coalesce(?, best_under), scored_under = ?, crashes = 0, failed_under = NULL, backoff_until_cycle = 0 WHERE id = ?`,
    account.score,
    account.scoredGenomeHash,
    account.scoredReach,
    account.scoreCycles,
    account.violation,
    account.bestScore,
    account.bestViolation,
    account.bestGenomeHash,
    isBest ? under.bestUnder : null,
    under.conditions,
    id,
  );
}

/**
 * Enters that an evaluation has failed.
 *
 * @param data What the event says of the failure.
 * @param counted What it costs the agent; absent where it is not to blame.
 */
export function fail(
  listing: Listing,
  cycle: number,
  id: string,
  data: EvaluationFailure,
  counted?: CountedFailure,
): void {
  if (!counted) return recordEvent(listing, cycle, "agent.crashed", id, data);
  const { crashes, failedUnder, backoffUntil } = counted;
  listing.run(
    "UPDATE agents SET crashes = ?, failed_under = ?, backoff_until_cycle = ? WHERE id = ?",
    crashes,
    failedUnder,
    backoffUntil,
    id,
  );
  recordEvent(listing, cycle, "agent.crashed", id, {
    ...data,
    crashes,
    ...(backoffUntil > 0 && { backoffUntilCycle: backoffUntil }),
  });
}

/** Enters what an agent's account holds after a cycle. */
export function charge(listing: Listing, id: string, energy: number): void {
  listing.run("UPDATE agents SET energy = ? WHERE id = ?", energy, id);
}

/**
 * Takes from all agents the scores that they earned under other conditions, which are not comparable.
 *
 * @returns How many agents that are alive had such a score.
 */
export function dropScores(listing: Listing, conditions: string): number {
  const { n } = listing.get<{ n: number }>(
    "SELECT count(*) AS n FROM agents WHERE status <> 'dead' AND scored_under <> ? AND score IS NOT NULL",
    conditions,
  )!;
  listing.run(
    `UPDATE agents SET score = NULL, scored_genome_hash = NULL, scored_reach = NULL, score_cycles = 0, violation = 0,
      best_score = NULL, best_violation = 0, best_genome_hash = NULL, best_under = NULL, scored_under = NULL WHERE status <> 'dead' AND scored_under <> ?`,
    conditions,
  );
  return n;
}

/**
 * Enters what an agent's genome reaches, where that was not recorded when it earned its score: the code that it has now, if
 * it is the present pool's, is the one that it has had since.
 */
export function attributeScore(listing: Listing, id: string, pool: string, reach: string): void {
  listing.run(
    "UPDATE agents SET scored_reach = ? WHERE id = ? AND reach IS NULL AND code_hash = ? AND scored_genome_hash = genome_hash",
    reach,
    id,
    pool,
  );
}

/** Enters that an agent's best genome reaches what it reached when it was best, in the pool that is named. */
export function keepBest(listing: Listing, id: string, under: string): void {
  listing.run("UPDATE agents SET best_under = ? WHERE id = ?", under, id);
}

/** Takes from an agent a best genome that reaches other modules now. */
export function dropBest(listing: Listing, id: string): void {
  listing.run("UPDATE agents SET best_score = NULL, best_genome_hash = NULL, best_under = NULL WHERE id = ?", id);
}

/** Takes scores of before conditions were recorded for ones of these. */
export function assumeConditions(listing: Listing, conditions: string): void {
  listing.run("UPDATE agents SET scored_under = ? WHERE scored_under IS NULL", conditions);
}
