/**
 * What is told of a cycle when it closes.
 *
 * @module
 */

import type { Listing } from "../agents/listing.ts";
import type { Plan } from "./plan.ts";
import type { Ranked } from "./strategy.ts";

/** The record of a finished cycle. */
export interface CycleStatistics {
  readonly cycle: number;
  /** Active agents after selection, the newborn included. */
  readonly alive: number;
  readonly born: number;
  readonly died: number;
  /** Agents that were disabled during the cycle. */
  readonly disabled: number;
  /** Agents that changed their genome since the last cycle closed: in gestation, or in phase `end`. */
  readonly changed: number;
  /** Of the ranked results; null where there are none. */
  readonly score: {
    readonly best: number | null;
    readonly median: number | null;
    readonly mean: number | null;
    readonly ranked: number;
  };
  /** Episodes that a limit of the machine ended: what they led to can't be reproduced. */
  readonly limited: number;
}

/** Counts a cycle, as it will be once the plan is carried out; call it before the plan changes the listing. */
export function statisticsOf(listing: Listing, cycle: number, plan: Plan, ranked: readonly Ranked[]): CycleStatistics {
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
      `SELECT count(*) AS n FROM episodes WHERE genome_after IS NOT NULL AND genome_after != genome_hash
        AND ((kind = 'judged' AND cycle = ?1) OR (kind = 'gestation' AND cycle = ?1 - 1))`,
      cycle,
    ),
    score: summary(ranked.map((one) => one.score)),
    limited: count(
      listing,
      `SELECT count(*) AS n FROM episodes WHERE reproducible = 0
        AND ((kind = 'judged' AND cycle = ?1) OR (kind = 'gestation' AND cycle = ?1 - 1))`,
      cycle,
    ),
  };
}

function count(listing: Listing, sql: string, cycle: number): number {
  return Number(listing.get<{ n: number }>(sql, cycle)?.n ?? 0);
}

function summary(scores: readonly number[]): CycleStatistics["score"] {
  if (scores.length === 0) return { best: null, median: null, mean: null, ranked: 0 };
  const sorted = scores.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return {
    best: sorted[sorted.length - 1]!,
    median: sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2,
    mean: sorted.reduce((sum, score) => sum + score, 0) / sorted.length,
    ranked: sorted.length,
  };
}
