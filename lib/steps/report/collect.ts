/**
 * Collects a report from the listing.
 *
 * @module
 */

import type { CycleReport } from "../../records/report_cycle.ts";
import type { SummaryReport, Tally } from "../../records/report.ts";
import { causeOfEnd } from "../../records/cause.ts";
import type { Listing } from "../../db/listing.ts";
import type { Pool } from "../../genome/pool.ts";
import { readArchived } from "./archive.ts";
import { bestOf } from "./best_agent.ts";
import { readBirths } from "./births.ts";
import { sumChanges } from "../../db/changes.ts";
import { type CycleRow, reportCycle } from "../../db/cycle_report.ts";
import { Expression } from "../../genome/expression.ts";
import { cycleRows, keptReports } from "../../db/cycle_reports.ts";
import { readGenes } from "../../db/genes.ts";
import { readCycleRaces } from "./cycle_races.ts";
import { readFront } from "./front.ts";
import { type History, remember, remembered } from "./history.ts";
import { readLeaders, readRace, readReasons } from "./leaders.ts";
import { objectiveScores } from "../../records/objective.ts";
import type { Objective } from "../../runtime/contract.ts";
import { readMarks } from "./marks.ts";
import { isOfOther, withObjective } from "./objective.ts";
import { foundIn } from "./ancestry.ts";
import { readLineage } from "./lineage.ts";
import { warningsOf } from "./warnings.ts";
import { readOperators } from "./operators.ts";
import { readSteps } from "./times.ts";
import type { Report } from "./types.ts";

/** What a report is made from, besides the listing. */
export interface CollectOptions {
  /** The run's name, or `undefined` for the one at the top of the project. */
  readonly run: string | undefined;
  readonly pool: Pool;
  /** What is known of former cycles; what is found out is added to it. */
  readonly history: History;
  /** Time of day, ISO 8601. */
  readonly at: string;
}

/**
 * Collects a report. It only reads, all within one snapshot, so steps may write meanwhile.
 *
 * @returns The report, and whether the history has grown.
 */
export function collect(
  listing: Listing,
  options: CollectOptions,
): { readonly report: Report; readonly grown: boolean } {
  listing.db.exec("BEGIN");
  try {
    return read(listing, options);
  } finally {
    listing.db.exec("COMMIT");
  }
}

function read(listing: Listing, { run, pool, history, at }: CollectOptions) {
  const expression = new Expression(pool);
  const [objective] = pool.world.objectives ?? [];
  const rows = cycleRows(listing);
  const last = rows.at(-1)?.cycle ?? 0;
  const compacted = keptReports(listing);
  let grown = false;
  const cycles = rows.map((row) => {
    const known = compacted.get(row.cycle) ?? remembered(history, row);
    if (known) return known;
    const cycle = reportCycle(listing, row, expression);
    grown = remember(history, row, cycle, last) || grown;
    return cycle;
  }).map((cycle) => withObjective(cycle, objective));
  const { genomes, genes, files, parameters } = readGenes(listing, expression);
  const front = readFront(listing, pool.world.objectives ?? []);
  const archive = readArchived(listing);
  const race = readRace(listing, expression);
  const cycleRaces = readCycleRaces(listing);
  const leaders = readLeaders(listing, expression, objective);
  const best = bestOf({ race, leaders, summary: { cycle: last } });
  const report: Report = {
    version: 1,
    at,
    ...(objective && { objective }),
    summary: {
      ...summarize(listing, cycles, run, genomes),
      ...summarizeScores(rows, cycles, objective),
      ...readMarks(listing, last, pool.world),
      ...(best && { found: foundIn(listing, best) }),
      warnings: warningsOf(cycles),
    },
    cycles,
    genes,
    files,
    parameters,
    lineage: readLineage(listing, last, expression, best),
    births: { ...readBirths(listing, sumEvaluations(cycles)), operators: readOperators(listing, expression, last) },
    steps: readSteps(listing),
    outcomes: sumOutcomes(cycles),
    disabled: readReasons(listing, "disabled"),
    deaths: readReasons(listing, "dead"),
    leaders,
    ...(race && { race }),
    ...(cycleRaces && { cycleRaces }),
    ...(front && { front }),
    ...(archive && { archive }),
  };
  return { report, grown };
}

function summarize(
  listing: Listing,
  cycles: readonly CycleReport[],
  run: string | undefined,
  genomes: number,
): Omit<SummaryReport, "score" | "warnings"> {
  const count = { active: 0, disabled: 0, dead: 0 };
  for (
    const { status, n } of listing.all<{ status: keyof typeof count; n: number }>(
      "SELECT status, count(*) AS n FROM agents GROUP BY status",
    )
  ) count[status] = n;
  const draws = Number(listing.meta("draws") ?? 0), viable = Number(listing.meta("viable") ?? 0);
  return {
    run: run ?? null,
    seed: listing.meta("seed") ?? null,
    cycle: cycles.at(-1)?.cycle ?? 0,
    ...count,
    draws,
    viable,
    viableShare: draws > 0 ? viable / draws : null,
    genomes,
    evaluations: sum(cycles, (cycle) => cycle.evaluations.count),
    limited: sum(cycles, (cycle) => cycle.limited),
  };
}

/** What depends on the world's objective. */
function summarizeScores(
  rows: readonly CycleRow[],
  cycles: readonly CycleReport[],
  objective: Objective | undefined,
): Pick<SummaryReport, "score" | "objective" | "otherObjective"> {
  const score = cycles.findLast((cycle) => cycle.state === "closed")?.score ?? null;
  const others = rows.filter((row) => isOfOther(row, objective)).length;
  return {
    score,
    ...(objective && { objective: objectiveScores(score ?? { best: null, median: null, mean: null }, objective) }),
    ...(others > 0 && { otherObjective: others }),
  };
}

function sumEvaluations(cycles: readonly CycleReport[]) {
  return {
    gestations: sumChanges(cycles.map((cycle) => cycle.gestations)),
    adapted: sum(cycles, (cycle) => cycle.adapted),
    judged: sum(cycles, (cycle) => cycle.judged),
  };
}

function sumOutcomes(cycles: readonly CycleReport[]): Tally[] {
  const outcomes = new Map<string, number>();
  for (const cycle of cycles) {
    for (const [name, count] of Object.entries(cycle.outcomes)) outcomes.set(name, (outcomes.get(name) ?? 0) + count);
  }
  return [...outcomes].map(([name, count]) => ({ name, cause: name === "finished" ? null : causeOfEnd(name), count }))
    .sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1));
}

function sum<T>(items: Iterable<T>, value: (item: T) => number): number {
  let total = 0;
  for (const item of items) total += value(item);
  return total;
}
