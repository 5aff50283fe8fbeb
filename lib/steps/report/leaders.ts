/**
 * The agents worth a look, and why others are disabled or dead.
 *
 * @module
 */

import type { RaceInReport } from "../../records/race.ts";
import type { LeaderReport, Tally } from "../../records/report.ts";
import { lastRace } from "../../db/races.ts";
import type { Listing } from "../../db/listing.ts";
import { causeOf } from "../../records/cause.ts";
import { besideScore } from "../../records/objective.ts";
import type { Objective } from "../../runtime/contract.ts";
import type { Expression } from "../../genome/expression.ts";

/** At most ten agents with the highest scores, dead ones left out, each with the genome that earned it. */
export function readLeaders(
  listing: Listing,
  expression: Expression,
  objective: Objective | undefined,
): LeaderReport[] {
  const rows = listing.all<Omit<LeaderReport, "genes" | "parameters"> & { violation: number }>(
    `SELECT id, status, score, score_cycles AS cycles, generation, born, scored_genome_hash AS genomeHash, violation
     FROM agents WHERE score IS NOT NULL AND status != 'dead' ORDER BY violation, score DESC, ordinal LIMIT 10`,
  );
  return rows.map(({ violation, ...row }) => ({
    ...row,
    ...besideScore(row.score, objective),
    ...(violation > 0 && { violation }),
    ...activeIn(row.genomeHash, listing, expression),
  }));
}

/** The last final race, with what its winner is made of; undefined where there was none. */
export function readRace(listing: Listing, expression: Expression): RaceInReport | undefined {
  const race = lastRace(listing);
  return race && { ...race, ...activeIn(race.winner.genomeHash, listing, expression) };
}

function activeIn(hash: string, listing: Listing, expression: Expression): Pick<LeaderReport, "genes" | "parameters"> {
  const expressed = expression.of(hash, () => listing.blob(hash));
  if (!expressed) return { genes: null, parameters: null };
  const values = expression.parameters.flatMap(({ name, file }, index): [string, number][] => {
    const value = expressed.parameters[index]!;
    return expressed.files[file] === 1 && !Number.isNaN(value) ? [[name, value]] : [];
  });
  return {
    genes: expression.genes.filter((_, index) => expressed.genes[index] === 1).map(({ name }) => name),
    parameters: Object.fromEntries(values),
  };
}

/** Agents of a status by the code of the reason, the most frequent first; at most 32 codes. */
export function readReasons(listing: Listing, status: "disabled" | "dead"): Tally[] {
  const rows = listing.all<Omit<Tally, "cause">>(
    `SELECT coalesce(code, 'unknown') AS name, count(*) AS count FROM agents WHERE status = ?
     GROUP BY name ORDER BY count DESC, name LIMIT 32`,
    status,
  );
  return rows.map((row) => ({ ...row, cause: causeOf(row.name) ?? null }));
}
