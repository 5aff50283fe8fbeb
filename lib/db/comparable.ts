/**
 * Whether an agent has a score that can be compared: the one thing by which it is due, ranks and is charged.
 *
 * @module
 */

/**
 * SQL of an agent `a`: whether it has a score for its genome and what that reaches, under the present conditions; where
 * they change all agents lose theirs (`dropScores`).
 */
export const isScored = `(a.score IS NOT NULL AND a.scored_genome_hash IS a.genome_hash AND a.scored_reach IS a.reach)`;

/**
 * SQL of an evaluation `e` and its agent `a`: whether its score ranks in cycle `?1`. It was earned under the present
 * conditions, and either in that cycle, be the agent what it may by now, or by what the agent still is.
 */
export const isComparable = `(coalesce(e.conditions = (SELECT value FROM meta WHERE key = 'conditions'), 1)
    AND (e.cycle = ?1 OR (a.genome_hash IS e.genome_hash AND ${isScored})))`;
