/**
 * One cycle in numbers.
 *
 * @module
 */

import { spreadOf, type Weighted } from "../statistics/quantile.ts";
import type { CycleReport, EvaluationReport, ScoreReport, SpreadReport } from "../records/report_cycle.ts";
import type { Listing } from "./listing.ts";
import { readChanges } from "./changes.ts";
import type { Expression } from "../genome/expression.ts";
import { countGenomes, type GenomeCounts } from "./genes.ts";
import { rounded } from "./rounded.ts";

/** A row of the table `cycles`. */
export interface CycleRow {
  readonly cycle: number;
  readonly state: string;
  readonly statistics: string | null;
}

type Recorded = Partial<Pick<CycleReport, "alive" | "born" | "died" | "disabled" | "changed" | "limited">> & {
  readonly score?: Partial<ScoreReport>;
};

/** A cycle in numbers. */
export function reportCycle(listing: Listing, row: CycleRow, expression: Expression): CycleReport {
  return {
    ...readCycle(listing, row),
    gestations: readChanges(listing, row.cycle, expression),
    ...countGenomes(listing, row.cycle, expression),
    ...readFitness(listing, row.cycle),
    measures: readMeasures(listing, row.cycle),
  };
}

/** A cycle in numbers, without its genomes. A closed one repeats what its `cycle.finished` said. */
export function readCycle(
  listing: Listing,
  row: CycleRow,
): Omit<CycleReport, keyof GenomeCounts | "gestations" | "fitness" | "measures"> {
  const { cycle, state } = row;
  const recorded: Recorded = JSON.parse(row.statistics ?? "{}");
  const ends = readOutcomes(listing, cycle);
  const evaluations = readEvaluations(listing, cycle);
  const now = row.statistics === null ? readPopulation(listing, cycle) : undefined;
  return {
    cycle,
    state,
    alive: recorded.alive ?? now?.alive ?? 0,
    born: recorded.born ?? now?.born ?? 0,
    died: recorded.died ?? now?.died ?? 0,
    disabled: recorded.disabled ?? now?.disabled ?? 0,
    changed: recorded.changed ?? ends.adapted,
    score: recorded.score
      ? {
        best: recorded.score.best ?? null,
        median: recorded.score.median ?? null,
        mean: recorded.score.mean ?? null,
        ranked: recorded.score.ranked ?? 0,
      }
      : {
        best: evaluations.max,
        median: valueAt(listing, "score", cycle, evaluations.count, 0.5),
        mean: evaluations.mean,
        ranked: evaluations.count,
      },
    evaluations,
    limited: recorded.limited ?? ends.limited,
    outcomes: ends.outcomes,
    judged: ends.judged,
    adapted: ends.adapted,
    evaluationMs: {
      total: Math.round(ends.wallMs),
      median: valueAt(listing, "wall_ms", cycle, ends.timed, 0.5),
      p99: valueAt(listing, "wall_ms", cycle, ends.timed, 0.99),
    },
    ...(ends.metered > 0 && {
      evaluationCpu: {
        count: ends.metered,
        total: Math.round(ends.cpuMs),
        median: valueAt(listing, "cpu_ms", cycle, ends.metered, 0.5)!,
        p99: valueAt(listing, "cpu_ms", cycle, ends.metered, 0.99)!,
      },
    }),
    ...(ends.memory > 0 && { evaluationMemory: ends.memory }),
  };
}

/** The spread of fitness, where it is another number than the score. */
function readFitness(listing: Listing, cycle: number): Pick<CycleReport, "fitness"> {
  const query = "SELECT fitness AS value, score FROM ranks WHERE cycle = ? AND fitness IS NOT NULL ORDER BY agent";
  const rows = listing.all<{ value: number; score: number | null }>(query, cycle);
  if (rows.every(({ value, score }) => value === score)) return {};
  const spread = spreadOf(rows.map(({ value }) => ({ value, weight: 1 })));
  return spread ? { fitness: rounded(spread) } : {};
}

/** The spreads of measures and objectives over judged evaluations. */
function readMeasures(listing: Listing, cycle: number): Record<string, SpreadReport> {
  const values = new Map<string, Weighted[]>();
  const query =
    "SELECT measures FROM evaluations WHERE cycle = ? AND kind = 'judged' AND score IS NOT NULL AND measures IS NOT NULL";
  for (const { measures } of listing.rows<{ measures: string }>(query, cycle)) {
    for (const [name, value] of Object.entries(JSON.parse(measures) as Record<string, unknown>)) {
      if (typeof value !== "number" || !Number.isFinite(value)) continue;
      if (!values.has(name)) values.set(name, []);
      values.get(name)!.push({ value, weight: 1 });
    }
  }
  return Object.fromEntries([...values].map(([name, all]) => [name, rounded(spreadOf(all)!)]));
}

function readPopulation(listing: Listing, cycle: number) {
  return listing.get<{ alive: number; born: number; died: number; disabled: number }>(
    `SELECT count(*) FILTER (WHERE status = 'active') AS alive, count(*) FILTER (WHERE born = ?1) AS born,
       count(*) FILTER (WHERE died = ?1) AS died,
       count(*) FILTER (WHERE status = 'disabled' AND disabled_cycle = ?1) AS disabled FROM agents`,
    cycle,
  );
}

interface EvaluationRow {
  readonly kind: string;
  readonly outcome: string;
  readonly ends: number;
  readonly changed: number;
  readonly limited: number;
  readonly timed: number;
  readonly wall: number;
  readonly metered: number;
  readonly cpu: number;
  readonly memory: number;
}

function readOutcomes(listing: Listing, cycle: number) {
  const outcomes: Record<string, number> = {};
  const sum = { judged: 0, adapted: 0, limited: 0, timed: 0, wallMs: 0, metered: 0, cpuMs: 0, memory: 0 };
  const rows = listing.all<EvaluationRow>(
    `SELECT kind, outcome, count(*) AS ends, count(*) FILTER (WHERE genome_after != genome_hash) AS changed,
       count(*) FILTER (WHERE reproducible = 0) AS limited, count(wall_ms) AS timed, total(wall_ms) AS wall,
       count(cpu_ms) AS metered, total(cpu_ms) AS cpu, coalesce(max(memory_bytes), 0) AS memory
     FROM evaluations WHERE cycle = ? AND outcome IS NOT NULL GROUP BY kind, outcome ORDER BY outcome, kind`,
    cycle,
  );
  for (const row of rows) {
    outcomes[row.outcome] = (outcomes[row.outcome] ?? 0) + row.ends;
    sum.limited += row.limited;
    sum.memory = Math.max(sum.memory, row.memory);
    if (row.kind !== "judged") continue;
    sum.judged += row.ends;
    sum.adapted += row.changed;
    sum.timed += row.timed;
    sum.wallMs += row.wall;
    sum.metered += row.metered;
    sum.cpuMs += row.cpu;
  }
  return { outcomes, ...sum };
}

function readEvaluations(listing: Listing, cycle: number): EvaluationReport {
  const { count, mean, min, max } = listing.get<Omit<EvaluationReport, "deviation" | "lower" | "upper">>(
    `SELECT count(*) AS count, avg(score) AS mean, min(score) AS min, max(score) AS max
     FROM evaluations WHERE cycle = ? AND kind = 'judged' AND score IS NOT NULL`,
    cycle,
  )!;
  if (count === 0) return { count, mean, deviation: null, min, lower: null, upper: null, max };
  const { variance } = listing.get<{ variance: number }>(
    `SELECT avg((score - ?2) * (score - ?2)) AS variance
     FROM evaluations WHERE cycle = ?1 AND kind = 'judged' AND score IS NOT NULL`,
    cycle,
    mean,
  )!;
  const lower = valueAt(listing, "score", cycle, count, 0.25), upper = valueAt(listing, "score", cycle, count, 0.75);
  return { count, mean, deviation: Math.sqrt(variance), min, lower, upper, max };
}

/** The quantile `q` in [0, 1] of a cycle's judged evaluations, by linear interpolation (Hyndman and Fan 1996, type 7). */
function valueAt(
  listing: Listing,
  column: "score" | "wall_ms" | "cpu_ms",
  cycle: number,
  count: number,
  q: number,
): number | null {
  const place = (count - 1) * q;
  const [low, high] = count === 0 ? [] : listing.all<{ value: number }>(
    `SELECT ${column} AS value FROM evaluations WHERE cycle = ? AND kind = 'judged' AND ${column} IS NOT NULL
     ORDER BY ${column} LIMIT 2 OFFSET ?`,
    cycle,
    Math.floor(place),
  );
  if (!low) return null;
  return high ? low.value + (high.value - low.value) * (place - Math.floor(place)) : low.value;
}
