/**
 * What is recorded of a cycle when it closes.
 *
 * @module
 */

import type { Listing } from "../../db/listing.ts";
import { type Cause, causeOfEnd } from "../../records/cause.ts";
import type { CycleRace, CycleStatistics } from "../../records/cycle.ts";
import { objectiveScores, objectiveValue } from "../../records/objective.ts";
import type { Objective } from "../../runtime/contract.ts";
import type { RaceOutcome } from "../../evaluation/cycle_race.ts";
import type { Plan } from "../../selection/core.ts";
import type { Candidate } from "../../selection/strategy.ts";
import { summaries } from "../../selection/summary.ts";

/** How many failures of the world stand in the record of a cycle, and of how many bytes of actions at most. */
const worldFailures = 3, mostActions = 20_000;

type Scored = Candidate & { readonly score: number };

/** What a cycle is counted of. */
export interface StatisticsOf {
  readonly candidates: readonly Candidate[];
  /** The world's first one; absent: it gives scores itself. */
  readonly objective?: Objective;
  /** What came of its race; absent: it had none. */
  readonly race?: RaceOutcome;
}

/** Counts a cycle, as it will be once the plan is carried out; call it before the plan changes the listing. */
export function statisticsOf(
  listing: Listing,
  cycle: number,
  plan: Plan,
  { candidates, objective, race }: StatisticsOf,
): CycleStatistics {
  const score = summary(
    candidates.filter((one): one is Scored => one.score !== undefined && one.fitness !== undefined),
  );
  const dying = new Set(plan.deaths.map((death) => death.id));
  const active = listing.all<{ id: string }>("SELECT id FROM agents WHERE status = 'active'");
  return {
    cycle,
    alive: active.filter((agent) => !dying.has(agent.id)).length + plan.births.length,
    born: plan.births.length,
    died: plan.deaths.length,
    disabled: count(
      listing,
      "SELECT count(*) AS n FROM agents WHERE disabled_cycle = ? AND status = 'disabled'",
      cycle,
    ),
    changed: count(
      listing,
      `SELECT count(*) AS n FROM evaluations WHERE genome_after IS NOT NULL AND genome_after != genome_hash
        AND ((kind = 'judged' AND cycle = ?1) OR (kind = 'gestation' AND cycle = ?1 - 1))`,
      cycle,
    ),
    ...evaluationsOf(listing, cycle),
    ...(race && { race: raceStatistics(race, objective) }),
    score,
    ...(objective && { objective: objectiveScores(score, objective) }),
    limited: count(
      listing,
      `SELECT count(*) AS n FROM evaluations WHERE reproducible = 0
        AND ((kind = 'judged' AND cycle = ?1) OR (kind = 'gestation' AND cycle = ?1 - 1))`,
      cycle,
    ),
  };
}

function raceStatistics({ raced, places }: RaceOutcome, objective: Objective | undefined): CycleRace {
  const kept = raced.flatMap(({ id, score }) => {
    const place = places.get(id);
    return place === undefined ? [] : [{ id, place, score: objectiveValue(score, objective)! }];
  });
  return {
    evaluated: raced.length,
    failed: raced.filter(({ outcome }) => outcome !== "finished").length,
    kept: kept.sort((a, b) => a.place - b.place),
  };
}

function evaluationsOf(
  listing: Listing,
  cycle: number,
): Pick<CycleStatistics, "evaluated" | "failed" | "worldFailures"> {
  const rows = listing.all<{ outcome: string; n: number }>(
    `SELECT outcome, count(*) AS n FROM evaluations WHERE cycle = ? AND kind = 'judged' AND outcome IS NOT NULL
      GROUP BY outcome ORDER BY outcome`,
    cycle,
  );
  const failed: Partial<Record<Cause, number>> = {};
  for (const { outcome, n } of rows) {
    const cause = outcome === "finished" ? undefined : causeOfEnd(outcome);
    if (cause) failed[cause] = (failed[cause] ?? 0) + n;
  }
  const found = listing.all<{ id: string; message: string; evidenceHash: string; bytes: Uint8Array }>(
    `SELECT agent AS id, message, evidence_hash AS evidenceHash, bytes FROM evaluations JOIN blobs ON hash = evidence_hash
      WHERE cycle = ? AND outcome = 'world' AND evaluations.kind = 'judged' ORDER BY agent LIMIT ${worldFailures}`,
    cycle,
  );
  return {
    evaluated: rows.reduce((sum, { n }) => sum + n, 0),
    failed,
    ...(found.length > 0 && {
      worldFailures: found.map(({ bytes, ...rest }) => ({
        ...rest,
        ...(bytes.length <= mostActions && { actions: JSON.parse(new TextDecoder().decode(bytes)) }),
      })),
    }),
  };
}

function count(listing: Listing, sql: string, cycle: number): number {
  return Number(listing.get<{ n: number }>(sql, cycle)?.n ?? 0);
}

/** Of what is feasible, where anything is; else of what breaks least, the best of it. */
function bestOf(ranked: readonly Scored[]): Pick<Scored, "score" | "violation"> {
  return ranked.reduce((best, one) => (one.violation - best.violation || best.score - one.score) < 0 ? one : best);
}

function summary(ranked: readonly Scored[]): CycleStatistics["score"] {
  if (ranked.length === 0) return { best: null, median: null, mean: null, ranked: 0 };
  const sorted = ranked.map(({ score }) => score).sort((a, b) => a - b);
  const { score: best, violation } = bestOf(ranked);
  return {
    best,
    median: summaries.median(sorted),
    mean: sorted.reduce((sum, score) => sum + score, 0) / sorted.length,
    ranked: sorted.length,
    ...(violation > 0 && { violation }),
  };
}
