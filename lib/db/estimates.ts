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

/** A genome's name among the scores that are kept: so much of its hash. */
const named = "substr(genome_hash, 1, 16)";

const judged = `FROM evaluations WHERE kind = 'judged' AND score IS NOT NULL`;

/** Of compacted cycles what was kept, of the others the evaluations; in the same order before a compaction and after. */
const query = `WITH of (last, compacted) AS
    (SELECT max(cycle), (SELECT coalesce(max(cycle), 0) FROM cycle_reports) FROM cycles)
  SELECT cycle AS occasion, ${named} AS subject, score AS value ${judged} AND conditions = ?1
    AND cycle > (SELECT max(last - ${estimateWindow}, compacted) FROM of)
  UNION ALL
  SELECT r.cycle, one.value ->> 1, one.value ->> 2 FROM cycle_reports r, json_each(r.report, '$.scores') one
    WHERE r.cycle > (SELECT last - ${estimateWindow} FROM of) AND one.value ->> 0 = ?1
      AND typeof(one.value ->> 2) IN ('real', 'integer')
  ORDER BY 1, 2, 3`;

/** What {@linkcode genomeEstimates} needs of a cycle: conditions, name of the genome and score of each judged evaluation. */
export function scoresOf(listing: Listing, cycle: number): (readonly [string, string, number])[] {
  const rows = listing.all<{ conditions: string; subject: string; score: number }>(
    `SELECT conditions, ${named} AS subject, score ${judged} AND conditions IS NOT NULL AND cycle = ?`,
    cycle,
  );
  return rows.map(({ conditions, subject, score }) => [conditions, subject, score]);
}

/** Forgets the scores of compacted cycles that estimates do not look back on any more. */
export function forgetScores(listing: Listing): void {
  listing.run(
    `UPDATE cycle_reports SET report = json_remove(report, '$.scores')
      WHERE cycle <= (SELECT max(cycle) FROM cycles) - ${estimateWindow} AND report ->> '$.scores' IS NOT NULL`,
  );
}

/** What is expected of genomes, by their hashes. */
export class Estimates {
  readonly #byName: ReadonlyMap<string, Estimate>;

  constructor(byName: ReadonlyMap<string, Estimate>) {
    this.#byName = byName;
  }

  get(genomeHash: string): Estimate | undefined {
    return this.#byName.get(genomeHash.slice(0, 16));
  }
}

/**
 * The expected scores of genomes, from the judged evaluations of the last fifty cycles, compacted ones among them.
 *
 * @param conditions Hash of the conditions under which scores are comparable; the present ones, if absent.
 * @returns Undefined where no genome came to two different scores, as in a world that is not noisy.
 */
export function genomeEstimates(listing: Listing, conditions = listing.meta("conditions")): Estimates | undefined {
  if (conditions === undefined) return undefined;
  const found = additiveEstimates(listing.all<Observation & Record<string, string | number>>(query, conditions));
  return found && new Estimates(found);
}

/**
 * Those that break less first, then by what is expected of their genomes, best first; what nothing is expected of comes last.
 *
 * @param all In the order of their scores, which stands where nothing is expected of any.
 * @returns Each with what is expected of it.
 */
export function byEstimate<T extends { readonly genomeHash: string; readonly violation: number }>(
  all: readonly T[],
  estimates: Estimates | undefined,
): (T & { readonly estimate?: Estimate })[] {
  if (!estimates) return [...all];
  const of = ({ estimate }: { readonly estimate?: Estimate }) => estimate?.mean ?? -Infinity;
  const estimated = all.map((one): T & { readonly estimate?: Estimate } => {
    const estimate = estimates.get(one.genomeHash);
    return estimate ? { ...one, estimate } : one;
  });
  return estimated.sort((a, b) => a.violation - b.violation || (of(a) === of(b) ? 0 : of(b) - of(a)));
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
  return byEstimate(rows, genomeEstimates(listing));
}
