/**
 * Which results the runtime gives.
 *
 * @module
 */

/**
 * Raised when the same genomes come to other results in the same worlds, which the digest of a seeded run tells: then no
 * score of before counts. Whatever else changes in the runtime resets no score.
 */
export const semantics = 1;
