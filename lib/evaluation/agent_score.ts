/**
 * What results change of an agent: its score, its best genome, its energy.
 *
 * @module
 */

import type { AgentAtStart } from "../db/evaluations.ts";
import type { Listing } from "../db/listing.ts";
import { charge } from "../db/transitions/score.ts";

/** What the configuration says of energy. */
export interface EnergyOptions {
  /** Energy for each point of score. */
  readonly income: number;
  /** Energy that a cycle costs. */
  readonly upkeep: number;
  readonly cap: number;
}

/**
 * What an agent has after a judged evaluation.
 *
 * What was earned by other modules, or in another world, is no measure for it.
 *
 * @param evaluated Hashes of the genome that was evaluated and of what it reaches.
 * @param earned Means over the episodes of the cycle.
 */
export function afterResult(
  agentScore: AgentAtStart,
  evaluated: { readonly genomeHash: string; readonly reach: string | null },
  earned: { readonly score: number; readonly violation: number },
  options: EnergyOptions,
): AgentAtStart {
  const { score } = earned;
  const { genomeHash: genome, reach } = evaluated;
  const renewed = agentScore.scoredReach !== null && agentScore.scoredReach !== reach;
  const before = renewed ? { ...agentScore, score: null } : agentScore;
  const known = before.scoredGenomeHash === genome && before.score !== null;
  const cycles = known ? before.scoreCycles : 0;
  const mean = known ? (before.score! * cycles + score) / (cycles + 1) : score;
  const violation = known ? (before.violation * cycles + earned.violation) / (cycles + 1) : earned.violation;
  // The best one's own mean may fall as it is judged again: one lucky score must not stand for ever.
  const better = before.bestScore === null || before.bestGenomeHash === genome ||
    (violation === before.bestViolation ? mean > before.bestScore : violation < before.bestViolation);
  return {
    energy: charged(before.energy, score, options),
    score: mean,
    scoredGenomeHash: genome,
    scoredReach: reach,
    scoreCycles: cycles + 1,
    violation,
    bestScore: better ? mean : before.bestScore,
    bestViolation: better ? violation : before.bestViolation,
    bestGenomeHash: better ? genome : before.bestGenomeHash,
    crashes: 0,
    failedUnder: null,
  };
}

/** What an agent has after a judged evaluation that failed: it has earned nothing. */
export function afterFailure(before: AgentAtStart, options: EnergyOptions): AgentAtStart {
  return { ...before, energy: charged(before.energy, 0, options), crashes: before.crashes + 1 };
}

/** An account after a cycle with this score. */
export function charged(energy: number, score: number, { income, upkeep, cap }: EnergyOptions): number {
  return Math.min(cap, Math.max(0, energy + income * score - upkeep));
}

interface Account {
  readonly id: string;
  readonly energy: number;
  readonly score: number;
}

/**
 * Charges the agents that were not due in a cycle since their genome has its score, in a world that is not noisy: they
 * earn that score again and pay their upkeep, as if they had been evaluated once more. Call it in the transaction that ends the
 * cycle's episodes.
 */
export function chargeSettled(listing: Listing, cycle: number, options: EnergyOptions): void {
  const accounts = listing.all<Account>(
    `SELECT id, energy, score FROM agents a
      WHERE status = 'active' AND stage = 'adult' AND score IS NOT NULL AND scored_genome_hash = genome_hash
        AND scored_reach IS reach
        AND backoff_until_cycle <= ?1
        AND NOT EXISTS (SELECT 1 FROM evaluations e WHERE e.agent = a.id AND e.kind = 'judged' AND e.cycle = ?1)`,
    cycle,
  );
  for (const { id, energy, score } of accounts) {
    charge(listing, id, charged(energy, score, options));
  }
}
