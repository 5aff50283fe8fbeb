/**
 * Cycles in numbers, and genes, parameters, measures and outcomes over cycles: what reports say of each, whatever retention
 * has left.
 *
 * @module
 */

import { reportCycle } from "../../db/cycle_report.ts";
import { cycleRows, keptReport } from "../../db/cycle_reports.ts";
import type { CycleReport } from "../../records/report_cycle.ts";
import type { Cell, Column, Pass, Row, Source, Table } from "./table.ts";

/** How a column of {@linkcode cycles} is found in a report. */
type CycleColumn = Column & { readonly of: (report: CycleReport) => Cell | undefined };

const score = "Of the results that selection ranked, more is better: ";
const ofScores = "Of the scores of its judged evaluations: ";
const ofFitness = "Of the fitness of what was ranked, where that is not the score: ";
const ofGestations = "Gestations ";

const cycleColumns: readonly CycleColumn[] = [
  { name: "cycle", type: "integer", unit: "cycle", meaning: "Its number, from 1", of: ({ cycle }) => cycle },
  { name: "state", type: "text", meaning: "`open`, `judged`, `planned` or `closed`", of: ({ state }) => state },
  count("alive", "agents", "Active agents after it", ({ alive }) => alive),
  count("born", "agents", "Agents that were born", ({ born }) => born),
  count("died", "agents", "Agents that died", ({ died }) => died),
  count("disabled", "agents", "Agents that were disabled", ({ disabled }) => disabled),
  count("changed", "agents", "Agents that took up another genome", ({ changed }) => changed),
  count("ranked", "results", "Results that selection ranked", (one) => one.score.ranked),
  real("score_best", `${score}the best`, (one) => one.score.best),
  real("score_median", `${score}the median`, (one) => one.score.median),
  real("score_mean", `${score}the mean`, (one) => one.score.mean),
  count("judged", "evaluations", "Judged evaluations with an outcome", ({ judged }) => judged),
  count("scored", "evaluations", "Judged evaluations with a score", ({ evaluations }) => evaluations.count),
  real("scores_mean", `${ofScores}the mean`, ({ evaluations }) => evaluations.mean),
  real("scores_deviation", `${ofScores}the standard deviation`, ({ evaluations }) => evaluations.deviation),
  real("scores_min", `${ofScores}the lowest`, ({ evaluations }) => evaluations.min),
  real("scores_lower", `${ofScores}the lower quartile`, ({ evaluations }) => evaluations.lower),
  real("scores_upper", `${ofScores}the upper quartile`, ({ evaluations }) => evaluations.upper),
  real("scores_max", `${ofScores}the highest`, ({ evaluations }) => evaluations.max),
  real("fitness_lower", `${ofFitness}the lower quartile`, ({ fitness }) => fitness?.lower),
  real("fitness_median", `${ofFitness}the median`, ({ fitness }) => fitness?.median),
  real("fitness_upper", `${ofFitness}the upper quartile`, ({ fitness }) => fitness?.upper),
  count(
    "adapted",
    "evaluations",
    "Judged evaluations after which the agent took up another genome",
    (one) => one.adapted,
  ),
  count("limited", "evaluations", "Evaluations that a limit of the machine ended", ({ limited }) => limited),
  real("wall_ms_total", "Time of its judged evaluations, of all together", (one) => one.evaluationMs.total, "ms"),
  real("wall_ms_median", "The same, of the median one", ({ evaluationMs }) => evaluationMs.median, "ms"),
  real("wall_ms_p99", "The same, of the 99th percentile", ({ evaluationMs }) => evaluationMs.p99, "ms"),
  count(
    "cpu_measured",
    "evaluations",
    "Judged evaluations whose CPU time was measured",
    ({ evaluationCpu }) => evaluationCpu?.count,
  ),
  real("cpu_ms_total", "CPU time of these, of all together", ({ evaluationCpu }) => evaluationCpu?.total, "ms"),
  real("cpu_ms_median", "The same, of the median one", ({ evaluationCpu }) => evaluationCpu?.median, "ms"),
  real("cpu_ms_p99", "The same, of the 99th percentile", ({ evaluationCpu }) => evaluationCpu?.p99, "ms"),
  count("memory_bytes", "bytes", "Most memory that one of its evaluations had at once", (one) => one.evaluationMemory),
  count("gestations", "gestations", `${ofGestations}that finished`, (one) => one.gestations.finished),
  count("mated", "gestations", `${ofGestations}that were given other parents' genomes`, (one) => one.gestations.mated),
  count(
    "unchanged",
    "gestations",
    `${ofGestations}that kept the first parent's genome`,
    (one) => one.gestations.unchanged,
  ),
  count("recombined", "gestations", `${ofGestations}that took something of a mate`, (one) => one.gestations.recombined),
  count("mutated", "gestations", `${ofGestations}with something that no parent has`, (one) => one.gestations.mutated),
  count("undecided", "gestations", `${ofGestations}whose change may be either`, (one) => one.gestations.undecided),
  count("switched", "gestations", `${ofGestations}that switched a gene or a file`, (one) => one.gestations.switches),
  count("reparametrised", "gestations", `${ofGestations}that changed a parameter`, (one) => one.gestations.parameters),
  count(
    "counted",
    "agents",
    "Agents whose genomes are counted here, in `genes` and in `parameters`",
    (one) => one.counted,
  ),
  count("genomes", "genomes", "Distinct genomes among them", ({ genomes }) => genomes),
  real("entropy", "Mean entropy of genes being active", ({ diversity }) => diversity?.entropy, "bits"),
  real("distance", "Mean distance of pairs of agents", ({ diversity }) => diversity?.distance, "0 to 1"),
  real("effective_genomes", "Effective number of genomes", ({ diversity }) => diversity?.effective, "genomes"),
];

function count(name: string, unit: string, meaning: string, of: CycleColumn["of"]): CycleColumn {
  return { name, type: "integer", nullable: true, unit, meaning, of };
}

function real(name: string, meaning: string, of: CycleColumn["of"], unit?: string): CycleColumn {
  return { name, type: "real", nullable: true, ...(unit && { unit }), meaning, of };
}

const cycle: Column = { name: "cycle", type: "integer", unit: "cycle", meaning: "The cycle" };

/** All cycles. */
export const cycles: Table = {
  name: "cycles",
  row: "a cycle; what a former release did not keep of one that it compacted is null",
  columns: cycleColumns.map(({ of: _, ...column }) => column),
};

/** Genes over cycles. */
export const genes: Table = {
  name: "genes",
  row: "a gene of the present template in a cycle",
  columns: [
    cycle,
    { name: "gene", type: "text", meaning: "Its name, such as `src/walk.ts#step`" },
    { name: "carriers", type: "integer", unit: "agents", meaning: "Agents that have it active, of `counted`" },
    { name: "share", type: "real", nullable: true, unit: "0 to 1", meaning: "The same as a share; null of none" },
  ],
};

const spread: readonly Column[] = [
  { name: "lower", type: "real", meaning: "The lower quartile, to five significant digits" },
  { name: "median", type: "real", meaning: "The median" },
  { name: "upper", type: "real", meaning: "The upper quartile" },
];

/** Parameters over cycles. */
export const parameters: Table = {
  name: "parameters",
  row: "a parameter in a cycle, over the agents that have its file active",
  columns: [
    cycle,
    { name: "parameter", type: "text", meaning: "Its name, such as `src/rl.ts#rate`" },
    { name: "carriers", type: "integer", unit: "agents", meaning: "Agents that have its file active" },
    ...spread,
    {
      name: "score_correlation",
      type: "real",
      nullable: true,
      unit: "-1 to 1",
      meaning: "Spearman's rank correlation of value and score over distinct judged genomes: an association, no effect",
    },
    { name: "score_genomes", type: "integer", nullable: true, unit: "genomes", meaning: "Genomes that it is over" },
  ],
};

/** Measures over cycles. */
export const cycleMeasures: Table = {
  name: "cycle_measures",
  row: "a measure in a cycle, over its judged evaluations",
  columns: [
    cycle,
    { name: "measure", type: "text", meaning: "Name of a measure or an objective of the world" },
    { name: "evaluations", type: "integer", unit: "evaluations", meaning: "Evaluations that have it" },
    ...spread,
  ],
};

/** Outcomes over cycles. */
export const cycleOutcomes: Table = {
  name: "cycle_outcomes",
  row: "an outcome in a cycle, over its evaluations",
  columns: [
    cycle,
    { name: "outcome", type: "text", meaning: "How evaluations ended, such as `finished`" },
    { name: "evaluations", type: "integer", unit: "evaluations", meaning: "How many of them" },
  ],
};

/**
 * Reads {@linkcode cycles}, {@linkcode genes}, {@linkcode parameters}, {@linkcode cycleMeasures} and
 * {@linkcode cycleOutcomes}.
 */
export const cyclesPass: Pass = {
  tables: [cycles, genes, parameters, cycleMeasures, cycleOutcomes],
  *rows(source) {
    for (const report of reports(source)) yield* rowsOf(report);
  },
};

function* reports({ listing, expression }: Source): Generator<CycleReport> {
  for (const row of cycleRows(listing)) yield keptReport(listing, row.cycle) ?? reportCycle(listing, row, expression);
}

function* rowsOf(report: CycleReport): Generator<readonly [Table, Row]> {
  const { cycle, counted } = report;
  yield [cycles, cycleColumns.map(({ of }) => of(report) ?? null)];
  for (const [gene, carriers] of Object.entries(report.genes)) {
    yield [genes, [cycle, gene, carriers, counted === 0 ? null : carriers / counted]];
  }
  for (const [name, { count, lower, median, upper, association }] of Object.entries(report.parameters ?? {})) {
    const { rho = null, genomes = null } = association ?? {};
    yield [parameters, [cycle, name, count, lower, median, upper, rho, genomes]];
  }
  for (const [name, { count, lower, median, upper }] of Object.entries(report.measures ?? {})) {
    yield [cycleMeasures, [cycle, name, count, lower, median, upper]];
  }
  for (const [outcome, evaluations] of Object.entries(report.outcomes)) {
    yield [cycleOutcomes, [cycle, outcome, evaluations]];
  }
}
