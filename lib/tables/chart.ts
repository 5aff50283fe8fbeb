/**
 * What a chart shows, for the page, its CSV and SVG files alike.
 *
 * @module
 */

import type { ChartColor } from "./chart_colors.ts";
import type { ColumnKind } from "./show.ts";

/** Values over `x`, null where there is none. */
export type Values = readonly (number | null)[];

/** One line of a chart, or one of the areas that are stacked upon each other. */
export interface ChartLine {
  /** Its name; null: it is a part of the one before it that has the same colour. */
  readonly label: string | null;
  readonly color: ChartColor;
  readonly values: Values;
  /** Lengths of strokes and gaps, in pixels. @default a whole line */
  readonly dash?: readonly number[];
  /** In pixels; 0: the edge of a band, not drawn itself. @default 2 */
  readonly width?: number;
  /** Whether single values are marked where there is room. @default true */
  readonly points?: boolean;
  /** Which part of `values` the area has, where a branch is one on both sides of others. @default 1 */
  readonly part?: number;
}

/** A chart of lines, or of areas stacked upon each other, the first one at the bottom. */
export interface Chart {
  readonly kind: "lines" | "stacked";
  /** What it shows, in one sentence without a full stop. */
  readonly title: string;
  /** Rising. */
  readonly x: readonly number[];
  readonly xLabel: string;
  readonly yLabel: string;
  /** How values are written. Counts begin at 0, and shares go from 0 to 1. */
  readonly values: ColumnKind;
  /** Bounds of the values. @default by what is shown */
  readonly within?: readonly [least: number, most: number];
  /** Whether equal distances are equal factors, of values above 0. @default false */
  readonly logarithmic?: boolean;
  /** What values are shown as shares of, by `x`. @default they are shown as they are */
  readonly total?: readonly number[];
  /** Two lines by their places, between which an area is filled. */
  readonly band?: readonly [upper: number, lower: number];
  readonly lines: readonly ChartLine[];
}

/** Shares of rows over columns. */
export interface HeatChart {
  readonly title: string;
  readonly x: readonly number[];
  readonly xLabel: string;
  readonly rows: readonly { readonly label: string; readonly shares: readonly number[] }[];
}

/** Strokes of lines in their order, so that none is told from others by its colour alone. */
const dashes: readonly (readonly number[] | undefined)[] = [undefined, [7, 4], [2, 3], [10, 3, 2, 3]];

/** A line in the colour and the stroke of its place among others. */
export function chartLine(
  label: string,
  place: number,
  values: Values,
  extra: Partial<ChartLine> = {},
): ChartLine {
  const dash = dashes[place % dashes.length];
  return { label, color: colorAt(place), ...(dash && { dash }), values, ...extra };
}

/** How many times the median of all values one must be, that an even axis would show nothing but that one. */
const skewed = 20;

/** The same on a logarithmic axis where few values are so large that of the others nothing would be seen, and all are above 0. */
export function onFitAxis(chart: Chart): Chart {
  const known = chart.lines.flatMap(({ values }) => values.filter((value) => value !== null)).sort((a, b) => a - b);
  const median = known[known.length >> 1];
  if (median === undefined || known[0]! <= 0 || known.at(-1)! < skewed * median) return chart;
  return { ...chart, yLabel: `${chart.yLabel}, logarithmic`, logarithmic: true };
}

/** The colour of a line by its place among others. */
export function colorAt(place: number): ChartColor {
  return `c${place % 8 + 1}` as ChartColor;
}

/** A median, and the band between the quartiles, over `x`. */
export function quartileLines(
  { lower, median, upper }: { readonly lower: Values; readonly median: Values; readonly upper: Values },
): Pick<Chart, "band" | "lines"> {
  const edge = { width: 0, points: false, color: "c6" } as const;
  return {
    band: [1, 2],
    lines: [
      { label: "median", color: "c1", values: median },
      { label: "upper quartile", values: upper, ...edge },
      { label: "lower quartile", values: lower, ...edge },
    ],
  };
}
