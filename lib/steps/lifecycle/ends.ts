/**
 * What ends a chain besides a number of cycles and the time: what the run has come to, whichever calls it took.
 *
 * @module
 */

import type { Listing } from "../../db/listing.ts";
import type { CycleStatistics } from "../../records/cycle.ts";
import type { EndReason, RunFigures } from "../../records/finished.ts";
import { objectiveValue, scoreName } from "../../records/objective.ts";
import { Misuse } from "../../util/issue.ts";

/** Ends that a person has asked for. */
export interface Ends {
  /** Judged evaluations of the run. */
  readonly evaluations?: number;
  /** The best value of the world's first objective, or score, that is good enough. */
  readonly target?: number;
  /** Closed cycles in a row without a better best. */
  readonly stagnation?: number;
  /** Closed cycles of the run. */
  readonly until?: number;
}

/** Why a chain is over. */
export interface End {
  readonly reason: EndReason;
  /** The value of the flag that this was due to. */
  readonly asked?: number;
}

/** Whether any end but a number of cycles is asked for. */
export function hasEnds({ evaluations, target, stagnation }: Ends): boolean {
  return (evaluations ?? target ?? stagnation) !== undefined;
}

/**
 * Demands that each end can come about.
 *
 * @throws {Misuse} If another one is always there first.
 */
export function checkEnds({ stagnation, until }: Ends): void {
  if (stagnation === undefined || until === undefined || stagnation < until) return;
  throw new Misuse({
    code: "arguments",
    message: `Cannot use --stagnation ${stagnation} as it must be less than --until ${until}, which is there first.`,
  });
}

/**
 * What a run has come to by its last closed cycle. All of it stands in the statistics of its cycles, which are kept for ever.
 *
 * @param former Conditions whose scores say nothing of the cycles to come, while the listing still has these.
 */
export function figuresOf(listing: Listing, former?: string): RunFigures {
  const { cycle, evaluations } = listing.get<{ cycle: number; evaluations: number }>(
    `SELECT coalesce(max(cycle), 0) AS cycle, coalesce(sum(statistics ->> '$.evaluated'), 0) AS evaluations
      FROM cycles WHERE state = 'closed'`,
  )!;
  const isFormer = former !== undefined && listing.meta("conditions") === former;
  const isOver = isFormer || listing.meta("next") !== undefined;
  const since = isOver ? cycle + 1 : Number(listing.meta("bestsSince") ?? 1);
  const best = bestSince(listing, since);
  if (!best) return { cycle, evaluations, best: null, bestCycle: null, stagnation: cycle + 1 - since };
  const { score, objective } = best;
  return {
    cycle,
    evaluations,
    best: objectiveValue(score.best, objective && { name: objective.name, sense: objective.sense }),
    ...(objective && { objective: { name: objective.name, sense: objective.sense } }),
    ...(score.violation !== undefined && { violation: score.violation }),
    bestCycle: best.cycle,
    stagnation: cycle - best.cycle,
  };
}

/** The first closed cycle that had the best: what breaks least first. */
function bestSince(listing: Listing, since: number): CycleStatistics | undefined {
  const row = listing.get<{ statistics: string }>(
    `SELECT statistics FROM cycles WHERE state = 'closed' AND cycle >= ? AND statistics ->> '$.score.best' IS NOT NULL
      ORDER BY coalesce(statistics ->> '$.score.violation', 0), statistics ->> '$.score.best' DESC, cycle LIMIT 1`,
    since,
  );
  return row && JSON.parse(row.statistics);
}

/** The end that a run has come to, if it has; of several the most telling one. */
export function endOf(figures: RunFigures, { target, evaluations, stagnation }: Ends): End | undefined {
  if (target !== undefined && reaches(figures, target)) return { reason: "target", asked: target };
  if (evaluations !== undefined && figures.evaluations >= evaluations) {
    return { reason: "evaluations", asked: evaluations };
  }
  if (stagnation !== undefined && figures.stagnation >= stagnation) return { reason: "stagnation", asked: stagnation };
  return undefined;
}

function reaches({ best, objective, violation }: RunFigures, target: number): boolean {
  if (best === null || violation !== undefined) return false;
  return objective?.sense === "minimise" ? best <= target : best >= target;
}

/** Why it ended, in a line for the person; undefined where the number of cycles says all. */
export function endLine({ reason, asked }: End, figures: RunFigures, ends: Ends): string | undefined {
  const { cycle, evaluations, best, bestCycle, stagnation } = figures;
  const name = scoreName(figures.objective);
  if (reason === "target") return `ended: ${name} ${shown(best)} of cycle ${bestCycle} reaches --target ${asked}.`;
  if (reason === "stagnation") {
    const without = best === null ? "any result" : `a ${name} better than ${shown(best)}`;
    return `ended: ${stagnation} cycles without ${without}.`;
  }
  const had = best === null ? "no best" : `best ${name} ${shown(best)} in cycle ${bestCycle}`;
  if (reason === "evaluations") return `ended after ${evaluations} evaluations; ${had}.`;
  return reason === "cycles" && hasEnds(ends) ? `ended after cycle ${cycle}; ${had}.` : undefined;
}

function shown(value: number | null): string {
  return value === null ? "–" : String(Number(value.toPrecision(6)));
}
