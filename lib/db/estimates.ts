/**
 * What genomes are worth, apart from the worlds of the cycles in which they were judged and from luck.
 *
 * For people and for the choice of a final race's entrants: no step of a cycle reads it.
 *
 * @module
 */

import { additiveEstimates, type Estimate, type Observation } from "../statistics/additive.ts";
import type { Listing } from "./listing.ts";

/** Cycles that are looked back on. */
export const estimateWindow = 50;

const query = `SELECT genome_hash AS subject, cycle AS occasion, score AS value FROM evaluations
  WHERE kind = 'judged' AND score IS NOT NULL AND conditions = ?1 AND cycle > (SELECT max(cycle) FROM cycles) - ${estimateWindow}`;

/**
 * The expected scores of genomes by their hashes, from the judged evaluations of the last fifty cycles that are kept.
 *
 * @param conditions Hash of the conditions under which scores are comparable; the present ones, if absent.
 * @returns By genome; undefined where no genome came to two different scores, as in a world that is not noisy.
 */
export function genomeEstimates(
  listing: Listing,
  conditions = listing.meta("conditions"),
): ReadonlyMap<string, Estimate> | undefined {
  if (conditions === undefined) return undefined;
  return additiveEstimates(listing.all<Observation & Record<string, string | number>>(query, conditions));
}

/**
 * Those that break less first, then by what is expected of them, best first; what nothing is expected of comes last.
 *
 * @param all In the order of their scores, which stands where nothing is expected of any.
 */
export function byEstimate<T extends { readonly violation: number; readonly estimate?: Estimate }>(
  all: readonly T[],
): T[] {
  const of = ({ estimate }: T) => estimate?.mean ?? -Infinity;
  return all.toSorted((a, b) => a.violation - b.violation || (of(a) === of(b) ? 0 : of(b) - of(a)));
}

/** An agent with a score, and the genome that it is of. */
export interface Scored {
  readonly id: string;
  readonly genomeHash: string;
  readonly score: number;
  readonly violation: number;
  readonly estimate?: Estimate;
}

/** The agents that are not dead and have a score: what breaks less first, then by what is expected, the elder of equals. */
export function bestOfLiving(listing: Listing): Scored[] {
  const rows = listing.all<Omit<Scored, "estimate"> & Record<string, string | number>>(
    `SELECT id, scored_genome_hash AS genomeHash, score, violation FROM agents
      WHERE score IS NOT NULL AND scored_genome_hash IS NOT NULL AND status <> 'dead' ORDER BY violation, score DESC, ordinal`,
  );
  const estimates = genomeEstimates(listing);
  return byEstimate(rows.map((row) => {
    const estimate = estimates?.get(row.genomeHash);
    return estimate ? { ...row, estimate } : row;
  }));
}
