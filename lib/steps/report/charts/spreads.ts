/**
 * Charts of parameters and measures, some for each name.
 *
 * @module
 */

import { scoreName } from "../../../records/objective.ts";
import type { CycleReport, ParameterSpread, SpreadReport } from "../../../records/report_cycle.ts";
import { type Chart, onFitAxis, quartileLines, type Values } from "../../../tables/chart.ts";
import { spread } from "../../../tables/spread.ts";
import type { Report } from "../types.ts";

/** How many cycles these charts show. */
const mostSpreads = 100;

/** The charts of one of several names, of which a reader chooses. */
export interface ChosenCharts {
  readonly name: string;
  readonly charts: readonly Chart[];
}

/** The cycles that these charts show. */
export function spreadCycles(cycles: readonly CycleReport[]): CycleReport[] {
  return spread(cycles.filter(({ counted }) => counted > 0), mostSpreads);
}

/** Values of each parameter over cycles, how they go with the score, and how many agents carry it. */
export function parameterCharts({ cycles, objective }: Report): ChosenCharts[] {
  const shown = spreadCycles(cycles);
  return namesOf(shown.map(({ parameters }) => parameters)).map((name) => {
    const all = shown.map(({ parameters }) => parameters?.[name]);
    const rho = all.map((one) => one?.association?.rho ?? null);
    const { base, quartiles } = spreadChart(name, shown, all);
    if (rho.every((one) => one === null)) return { name, charts: [quartiles] };
    return {
      name,
      charts: [quartiles, association(base, name, rho, scoreName(objective)), carriers(base, name, all)],
    };
  });
}

/** Values of each measure over cycles. */
export function measureCharts({ cycles }: Report): ChosenCharts[] {
  const shown = spreadCycles(cycles);
  return namesOf(shown.map(({ measures }) => measures)).map((name) => {
    const { quartiles } = spreadChart(name, shown, shown.map(({ measures }) => measures?.[name]));
    return { name, charts: [quartiles] };
  });
}

type Base = Pick<Chart, "kind" | "x" | "xLabel">;

function spreadChart(
  name: string,
  shown: readonly CycleReport[],
  all: readonly (SpreadReport | undefined)[],
): { readonly base: Base; readonly quartiles: Chart } {
  const base = { kind: "lines", x: shown.map(({ cycle }) => cycle), xLabel: "cycle" } as const;
  const of = (which: "lower" | "median" | "upper") => all.map((one) => one?.[which] ?? null);
  const lines = quartileLines({ lower: of("lower"), median: of("median"), upper: of("upper") });
  const title = `Median and quartiles of ${name} over cycles`;
  return {
    base,
    quartiles: onFitAxis({ ...base, title, yLabel: name.replace(/^src\//, ""), values: "number", ...lines }),
  };
}

function association(base: Base, name: string, rho: Values, score: string): Chart {
  return {
    ...base,
    title: `Rank correlation of ${name} with the ${score} over cycles`,
    yLabel: "rank correlation",
    values: "number",
    within: [-1, 1],
    lines: [{ label: `association with the ${score}`, color: "c2", values: rho }],
  };
}

function carriers(base: Base, name: string, all: readonly (ParameterSpread | undefined)[]): Chart {
  return {
    ...base,
    title: `Agents that carry ${name} over cycles`,
    yLabel: "agents",
    values: "count",
    lines: [{ label: "carriers", color: "c3", values: all.map((one) => one?.count ?? null) }],
  };
}

function namesOf(all: readonly (Readonly<Record<string, unknown>> | undefined)[]): string[] {
  return [...new Set(all.flatMap((one) => Object.keys(one ?? {})))];
}
