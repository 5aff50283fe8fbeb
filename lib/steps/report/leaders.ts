/**
 * The agents worth a look, and why others are disabled or dead.
 *
 * @module
 */

import type { RaceInReport } from "../../records/race.ts";
import type { LeaderReport, Tally } from "../../records/report.ts";
import { bestOfLiving } from "../../db/estimates.ts";
import { parentsOf } from "../../db/parents.ts";
import { lastRace } from "../../db/races.ts";
import type { Listing } from "../../db/listing.ts";
import { causeOf } from "../../records/cause.ts";
import { besideScore } from "../../records/objective.ts";
import type { Objective } from "../../runtime/contract.ts";
import type { Expression } from "../../genome/expression.ts";

/** How many leaders there are. */
const most = 10;

/**
 * The agents of which most is expected, dead ones left out, each with the genome that was judged; by their scores where those tell
 * all there is.
 */
export function readLeaders(
  listing: Listing,
  expression: Expression,
  objective: Objective | undefined,
): LeaderReport[] {
  return bestOfLiving(listing).slice(0, most).map(({ violation, ...leader }) => ({
    ...leader,
    ...listing.get<Pick<LeaderReport, "status" | "cycles" | "generation" | "born">>(
      "SELECT status, score_cycles AS cycles, generation, born FROM agents WHERE id = ?",
      leader.id,
    )!,
    parents: parentsOf(listing, leader.id).map(({ id }) => id),
    ...measuresOf(listing, leader.id, leader.genomeHash),
    ...besideScore(leader.score, objective),
    ...(violation > 0 && { violation }),
    ...activeIn(leader.genomeHash, listing, expression),
  }));
}

function measuresOf(listing: Listing, id: string, genomeHash: string): Pick<LeaderReport, "measures"> {
  const row = listing.get<{ measures: string | null }>(
    `SELECT measures FROM evaluations WHERE agent = ? AND genome_hash = ? AND kind = 'judged' AND score IS NOT NULL
      ORDER BY cycle DESC LIMIT 1`,
    id,
    genomeHash,
  );
  return row?.measures ? { measures: JSON.parse(row.measures) } : {};
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
