/**
 * Final races: what is compared, what it did, and what came of it. No step of a cycle reads any of it.
 *
 * @module
 */

import type { EntrantSource, RaceReport } from "../records/race.ts";
import { forgetUnnamed, type NamedGenome } from "./compaction.ts";
import { byEstimate, genomeEstimates } from "./estimates.ts";
import type { Listing } from "./listing.ts";

/** A genome that can be in a race. */
export interface Entrant {
  readonly source: EntrantSource;
  /** The agent that had it. */
  readonly agent: string;
  readonly genomeHash: string;
  readonly codeHash: string;
}

/** Episodes of a genome that were run as one evaluation. */
export interface RaceKey {
  /** Which worlds. */
  readonly worlds: string;
  readonly buildHash: string;
  readonly genomeHash: string;
  /** Place of the first of these worlds, and how many there are. */
  readonly start: number;
  readonly count: number;
}

/** What these episodes came to. */
export interface RaceEvaluation {
  readonly outcome: string;
  readonly message: string | null;
  /** Of each episode; null where it failed. */
  readonly scores: readonly number[] | null;
  readonly violations: readonly number[] | null;
}

/** What is asked of agents to be in a race. */
export interface EntrantFacts {
  /** Hash of the present pool. */
  readonly pool: string;
  /** Hash of the conditions that scores are comparable under. */
  readonly conditions: string;
  /** How many at most of each source. */
  readonly most: number;
}

const living =
  `SELECT 'living' AS source, id AS agent, scored_genome_hash AS genomeHash, code_hash AS codeHash, violation
  FROM agents WHERE status <> 'dead' AND score IS NOT NULL AND scored_genome_hash IS NOT NULL AND code_hash = ?1
    AND scored_under = ?2 ORDER BY violation, score DESC, ordinal`;

/** Of agents alive and dead; what they reached of another pool is no entrant. */
const bests = `SELECT 'best' AS source, id AS agent, best_genome_hash AS genomeHash, code_hash AS codeHash,
  best_violation AS violation
  FROM agents WHERE best_score IS NOT NULL AND best_genome_hash IS NOT NULL AND substr(best_under, 1, 64) = ?1
    AND scored_under = ?2 ORDER BY best_violation, best_score DESC, ordinal`;

const archived = `SELECT 'archive' AS source, agent, genome_hash AS genomeHash, code_hash AS codeHash, 0 AS violation
  FROM archive WHERE code_hash = ?1 AND ?2 <> '' ORDER BY position`;

/**
 * Genomes that may be best, each once, those of which more is expected first, apart from the worlds of the cycles: of the living, agents'
 * bests, the archive.
 */
export function entrantsOf(listing: Listing, { pool, conditions, most }: EntrantFacts): Entrant[] {
  const estimates = genomeEstimates(listing, conditions);
  const found = new Map<string, Entrant>();
  for (const query of [living, bests, archived]) {
    const all = listing.all<Entrant & { violation: number } & Record<string, string | number>>(query, pool, conditions);
    let taken = 0;
    for (const { source, agent, genomeHash, codeHash } of query === archived ? all : byEstimate(all, estimates)) {
      if (taken === most) break;
      if (found.has(genomeHash) || listing.blob(genomeHash) === undefined) continue;
      found.set(genomeHash, { source, agent, genomeHash, codeHash });
      taken++;
    }
  }
  return [...found.values()];
}

/** Whether a genome that an agent was judged with is of a pool: by what the agent has now, or had where it was in the last race. */
export function isOfPool(
  listing: Listing,
  { agent, genomeHash }: Pick<Entrant, "agent" | "genomeHash">,
  pool: string,
): boolean {
  return listing.get(
    `SELECT 1 FROM agents WHERE id = ?1 AND code_hash = ?3
      UNION SELECT 1 FROM race_entrants WHERE agent = ?1 AND genome_hash = ?2 AND code_hash = ?3`,
    agent,
    genomeHash,
    pool,
  ) !== undefined;
}

/** What these episodes came to, if they were run. */
export function raceEvaluation(listing: Listing, key: RaceKey): RaceEvaluation | undefined {
  const row = listing.get<Record<"outcome" | "message" | "scores" | "violations", string | null>>(
    `SELECT outcome, message, scores, violations FROM race_evaluations
      WHERE worlds = ? AND build_hash = ? AND genome_hash = ? AND start = ? AND count = ?`,
    ...valuesOf(key),
  );
  const parsed = (text: string | null) => text === null ? null : JSON.parse(text) as number[];
  return row && {
    outcome: row.outcome!,
    message: row.message,
    scores: parsed(row.scores),
    violations: parsed(row.violations),
  };
}

/** Enters what episodes came to. */
export function enterRaceEvaluation(listing: Listing, key: RaceKey, found: RaceEvaluation): void {
  const { outcome, message, scores, violations } = found;
  listing.run(
    "INSERT INTO race_evaluations VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
    ...valuesOf(key),
    outcome,
    message,
    scores && JSON.stringify(scores),
    violations && JSON.stringify(violations),
  );
}

function valuesOf({ worlds, buildHash, genomeHash, start, count }: RaceKey): [string, string, string, number, number] {
  return [worlds, buildHash, genomeHash, start, count];
}

/** What a race was, for {@linkcode enterRace}. */
export interface RunRace {
  /** Hash of the pool, and of what the worlds depend on. */
  readonly pool: string;
  readonly worlds: string;
  /** All that were compared, in the order of their places, founders last. */
  readonly entrants: readonly (Entrant & NamedGenome)[];
  readonly report: RaceReport;
}

/**
 * Enters a race that is over, in one transaction: it takes the place of the last one, of which the result alone is kept.
 */
export function enterRace(listing: Listing, { pool, worlds, entrants, report }: RunRace): void {
  listing.transaction(() => {
    const former = listing.all<NamedGenome & Record<string, string>>(
      "SELECT agent, genome_hash AS genomeHash, build_hash AS buildHash FROM race_entrants",
    );
    listing.run("DELETE FROM race_entrants");
    listing.run(
      "INSERT INTO races (cycle, pool, worlds, result) VALUES (?, ?, ?, ?)",
      report.cycle,
      pool,
      worlds,
      JSON.stringify(report),
    );
    entrants.forEach(({ source, agent, genomeHash, codeHash, buildHash }, position) =>
      listing.run(
        "INSERT INTO race_entrants VALUES ((SELECT max(id) FROM races), ?, ?, ?, ?, ?, NULL, ?)",
        position,
        source,
        agent,
        genomeHash,
        codeHash,
        buildHash,
      )
    );
    listing.run("DELETE FROM race_evaluations WHERE genome_hash NOT IN (SELECT genome_hash FROM race_entrants)");
    forgetUnnamed(listing, former);
  });
}

/** Enters what the last race has come to besides. */
export function renewRace(listing: Listing, report: RaceReport): void {
  listing.run("UPDATE races SET result = ? WHERE id = (SELECT max(id) FROM races)", JSON.stringify(report));
}

/** What the last final race came to; undefined where there was none. */
export function lastRace(listing: Listing): RaceReport | undefined {
  const row = listing.get<{ result: string }>(
    "SELECT result FROM races WHERE result IS NOT NULL ORDER BY id DESC LIMIT 1",
  );
  return row && JSON.parse(row.result) as RaceReport;
}
