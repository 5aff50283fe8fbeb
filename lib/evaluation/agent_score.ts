/**
 * What results change of an agent: its score and its best genome.
 *
 * @module
 */

import type { AgentAtStart } from "../db/evaluations.ts";

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
