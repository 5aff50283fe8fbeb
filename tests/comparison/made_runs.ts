/**
 * Runs that are made up.
 *
 * @module
 */

import type { ComparedRun } from "../../lib/records/compare.ts";

/** Runs of arms by their scores, of the seeds 1, 2, …; each with a curve that ends in its score. */
export function runsOf(arms: Readonly<Record<string, readonly (number | null)[]>>): ComparedRun[] {
  return Object.entries(arms).flatMap(([arm, scores]) =>
    scores.map((score, i) => ({
      arm,
      seed: `${i + 1}`,
      score,
      episodes: 100,
      raceEpisodes: 20,
      gestations: 30,
      lethal: 7,
      limited: 0,
      genome: score === null ? null : "ab".repeat(32),
      curve: [{ episodes: 10, score: score === null ? null : score / 2 }, { episodes: 100, score }],
    }))
  );
}
