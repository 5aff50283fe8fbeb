/**
 * The rate of evaluations by the number of evaluators, beside the ideal, as an SVG file.
 *
 * @module
 */

import { type Chart, colorAt } from "../../lib/tables/chart.ts";
import { chartSvg } from "../../lib/tables/svg/chart_svg.ts";
import { darkened } from "../../lib/tables/svg/darkened.ts";
import { type Cell, rate } from "./cell.ts";

/** The chart of all that was measured without loops. */
export function scalingSvg(cells: readonly Cell[], description: string): string {
  const counts = rising(cells.map(({ evaluators }) => evaluators));
  const lines = rising(cells.map(({ ms }) => ms)).flatMap((ms, place) => {
    const color = colorAt(place);
    const of = (value: (cell: Cell) => number) =>
      counts.map((count) => {
        const cell = cells.find((one) => one.ms === ms && one.evaluators === count);
        return cell ? value(cell) : null;
      });
    return [
      { label: `${ms} ms`, color, values: of(rate) },
      { label: `${ms} ms, ideal`, color, values: of((one) => 1000 * one.evaluators / ms), dash: [2, 3], width: 1.5 },
    ];
  });
  const chart: Chart = {
    kind: "lines",
    title: "Evaluations a second by the number of evaluators and the time that an evaluation takes",
    x: counts,
    xLabel: "evaluators, logarithmic",
    yLabel: "evaluations a second, logarithmic",
    values: "number",
    logarithmic: true,
    lines,
  };
  const x = { least: counts[0]!, most: counts.at(-1)!, at: counts, logarithmic: true };
  return darkened(chartSvg(chart, description, { x }));
}

function rising(all: readonly number[]): number[] {
  return [...new Set(all)].sort((a, b) => a - b);
}
