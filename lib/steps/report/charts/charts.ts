/**
 * The charts of a report.
 *
 * @module
 */

import { objectiveValue, scoreName } from "../../../records/objective.ts";
import type { CycleReport } from "../../../records/report_cycle.ts";
import { type Chart, chartLine, colorAt, type HeatChart, onFitAxis, quartileLines } from "../../../tables/chart.ts";
import { evenly } from "../../../tables/spread.ts";
import { quartiles } from "../objective.ts";
import type { Report } from "../types.ts";
import { lineageChart } from "./lineage.ts";
import { type ChosenCharts, measureCharts, parameterCharts } from "./spreads.ts";

/** How many cycles the heat map of genes shows. */
const mostHeat = 40;

/** The charts of a report; those of which nothing is known are absent. */
export interface ReportCharts {
  readonly scores?: Chart;
  readonly evaluations?: Chart;
  readonly fitness?: Chart;
  readonly diversity?: Chart;
  readonly population?: Chart;
  readonly lineage?: Chart;
  readonly births?: Chart;
  readonly times?: Chart;
  readonly genes?: HeatChart;
  /** By the parameter's name. */
  readonly parameters: readonly ChosenCharts[];
  /** By the measure's name. */
  readonly measures: readonly ChosenCharts[];
}

/** The charts of a report. */
export function reportCharts(report: Report): ReportCharts {
  const charts = { fitness: fitness(report), diversity: diversity(report), births: births(report) };
  const all = {
    ...charts,
    ...(report.cycles.length > 0 && {
      scores: onFitAxis(scores(report)),
      evaluations: onFitAxis(evaluations(report)),
      population: population(report),
      lineage: lineageChart(report.lineage),
      times: times(report),
      genes: genes(report),
    }),
    parameters: parameterCharts(report),
    measures: measureCharts(report),
  };
  return Object.fromEntries(Object.entries(all).filter(([, chart]) => chart)) as unknown as ReportCharts;
}

/** What all charts over cycles have in common. */
function overCycles(cycles: readonly { readonly cycle: number }[]) {
  return { kind: "lines", x: cycles.map(({ cycle }) => cycle), xLabel: "cycle" } as const;
}

function scores({ cycles, objective }: Report): Chart {
  const name = scoreName(objective);
  const of = (which: "best" | "median" | "mean") => cycles.map(({ score }) => objectiveValue(score[which], objective));
  return {
    ...overCycles(cycles),
    title: `Best, median and mean ${name} over cycles`,
    yLabel: name,
    values: "number",
    lines: [
      chartLine("best", 0, of("best")),
      chartLine("median", 1, of("median"), { dash: undefined, width: 3 }),
      chartLine("mean", 2, of("mean")),
    ],
  };
}

function evaluations({ cycles, objective }: Report): Chart {
  const edge = { width: 0, points: false, dash: undefined };
  const of = (value: (cycle: CycleReport) => number | null) =>
    cycles.map((cycle) => objectiveValue(value(cycle), objective));
  return {
    ...overCycles(cycles),
    title: "Best, mean and quartiles of each cycle's evaluations",
    yLabel: scoreName(objective),
    values: "number",
    band: [2, 3],
    lines: [
      chartLine("best", 0, of(({ evaluations }) => evaluations.max)),
      chartLine("mean", 2, of(({ evaluations }) => evaluations.mean)),
      chartLine("upper quartile", 5, of(({ evaluations }) => quartiles(evaluations, objective)[0]), edge),
      chartLine("lower quartile", 5, of(({ evaluations }) => quartiles(evaluations, objective)[1]), edge),
    ],
  };
}

function fitness({ cycles }: Report): Chart | undefined {
  const known = cycles.filter((cycle) => cycle.fitness);
  if (known.length === 0) return undefined;
  const of = (name: "lower" | "median" | "upper") => known.map(({ fitness }) => fitness![name]);
  return {
    ...overCycles(known),
    title: "Median and quartiles of fitness over cycles",
    yLabel: "fitness",
    values: "number",
    ...quartileLines({ lower: of("lower"), median: of("median"), upper: of("upper") }),
  };
}

function diversity({ cycles }: Report): Chart | undefined {
  const known = cycles.filter((cycle) => cycle.diversity);
  if (known.length === 0) return undefined;
  return {
    ...overCycles(known),
    title: "Entropy, mean distance and effective genomes over cycles",
    yLabel: "share",
    values: "number",
    within: [0, 1],
    lines: [
      chartLine("entropy of genes", 0, known.map(({ diversity }) => diversity!.entropy)),
      chartLine("mean distance", 1, known.map(({ diversity }) => diversity!.distance)),
      chartLine("effective genomes of all", 2, known.map(({ diversity, counted }) => diversity!.effective / counted)),
    ],
  };
}

function population({ cycles }: Report): Chart {
  return {
    ...overCycles(cycles),
    title: "Agents alive, born, died and disabled over cycles",
    yLabel: "agents",
    values: "count",
    lines: (["alive", "born", "died", "disabled"] as const).map((name, i) =>
      chartLine(name, i, cycles.map((cycle) => cycle[name]))
    ),
  };
}

function births({ births, cycles }: Report): Chart | undefined {
  if (births.cycles.length === 0) return undefined;
  const of = new Map(cycles.map((cycle) => [cycle.cycle, cycle]));
  const born = (name: "births" | "unviable" | "copies") => births.cycles.map((one) => one[name]);
  const gestations = (name: "unchanged" | "mutated" | "recombined") =>
    births.cycles.map(({ cycle }) => of.get(cycle)?.gestations[name] ?? 0);
  const lines = {
    births: born("births"),
    unchanged: gestations("unchanged"),
    mutated: gestations("mutated"),
    recombined: gestations("recombined"),
    unviable: born("unviable"),
    copies: born("copies"),
  };
  return {
    ...overCycles(births.cycles),
    title: "Births, unchanged and unviable ones over cycles",
    yLabel: "newborns",
    values: "count",
    lines: Object.entries(lines).map(([name, values], i) => chartLine(name, i, values)),
  };
}

function times({ steps, cycles }: Report): Chart | undefined {
  const inCycles = steps.filter(({ step, share }) => share !== null && step !== "init");
  if (inCycles.length === 0) return undefined;
  return {
    ...overCycles(cycles),
    kind: "stacked",
    title: "Time of each step over cycles",
    yLabel: "time",
    values: "ms",
    lines: inCycles.map(({ step, cycles: own }, i) => {
      const by = new Map(own);
      return { label: step, color: colorAt(i), values: cycles.map(({ cycle }) => by.get(cycle) ?? 0) };
    }),
  };
}

function genes({ genes, cycles }: Report): HeatChart | undefined {
  const shown = evenly(cycles.filter(({ counted }) => counted > 0), mostHeat);
  if (shown.length === 0 || genes.length === 0) return undefined;
  return {
    title: "Gene activation over cycles, in percent",
    x: shown.map(({ cycle }) => cycle),
    xLabel: "cycle",
    rows: genes.map(({ gene }) => ({
      label: gene.replace(/^src\//, ""),
      shares: shown.map(({ genes, counted }) => (genes[gene] ?? 0) / counted),
    })),
  };
}
