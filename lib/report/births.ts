/**
 * What births led to.
 *
 * @module
 */

import type { Listing } from "../agents/listing.ts";

/** Newborns of one cycle. */
export interface BirthCycleReport {
  readonly cycle: number;
  /** Births with gestation. */
  readonly births: number;
  /** Elites that were re-created without gestation. */
  readonly copies: number;
  /** Newborns of `births` that came to nothing: disabled before they had a result. */
  readonly unviable: number;
}

/** Births over all cycles. */
export interface BirthReport {
  readonly births: number;
  readonly copies: number;
  readonly unviable: number;
  /** `1 - unviable / births`, null without births. */
  readonly viableShare: number | null;
  /** Gestations that ended, and what they led to. */
  readonly gestations: number;
  /** The child's genome is its first parent's. */
  readonly unchanged: number;
  /** Gestations to which another parent's genome was given. */
  readonly mated: number;
  /** Of those, children that share genes with the other parent. */
  readonly recombined: number;
  /** Judged lives after which an adult took up another genome, and all judged lives with an outcome. */
  readonly adapted: number;
  readonly lives: number;
  readonly cycles: readonly BirthCycleReport[];
}

/** Reads what births led to. */
export function readBirths(
  listing: Listing,
  lives: Pick<BirthReport, "gestations" | "unchanged" | "adapted" | "lives">,
) {
  const cycles = listing.all<BirthCycleReport>(
    `SELECT born AS cycle, count(*) FILTER (WHERE kind = 'birth') AS births,
       count(*) FILTER (WHERE kind = 'copy') AS copies,
       count(*) FILTER (WHERE kind = 'birth' AND disabled_cycle IS NOT NULL AND NOT EXISTS
         (SELECT 1 FROM episodes e WHERE e.agent = agents.id AND e.kind = 'judged' AND e.score IS NOT NULL)) AS unviable
     FROM agents WHERE kind != 'init' GROUP BY born ORDER BY born`,
  );
  const mates = listing.get<{ mated: number; recombined: number }>(
    `SELECT count(*) AS mated, count(*) FILTER (WHERE parents ->> '$[1].share' > 0) AS recombined
     FROM agents WHERE kind = 'birth' AND json_array_length(parents) > 1`,
  )!;
  const sum = { births: 0, copies: 0, unviable: 0 };
  for (const row of cycles) {
    sum.births += row.births;
    sum.copies += row.copies;
    sum.unviable += row.unviable;
  }
  const viableShare = sum.births === 0 ? null : 1 - sum.unviable / sum.births;
  return { ...sum, viableShare, ...lives, ...mates, cycles } satisfies BirthReport;
}
