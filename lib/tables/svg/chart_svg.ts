/**
 * A chart as an SVG file that needs nothing else: for papers, in light colours.
 *
 * @module
 */

import type { Chart, ChartLine, Values } from "../chart.ts";
import { chartColors } from "../chart_colors.ts";
import { onAxis } from "../show.ts";
import { axesSvg, legendSvg, paper, pixel, scales, svgFile, svgWidth, textWidth } from "./frame.ts";
import { logTicks, type Ticks, ticks } from "./ticks.ts";

const top = 14, bottom = 334, mostParted = 100;

/** How a chart is drawn. */
export interface ChartSvgOptions {
  /** The axis of `x`. @default an even one */
  readonly x?: Ticks;
}

/** The chart, and what its numbers are of. */
export function chartSvg(chart: Chart, description: string, options: ChartSvgOptions = {}): string {
  const shown = chart.kind === "stacked" ? stacked(chart) : chart.lines.map(({ values }) => values);
  const y = verticalTicks(chart, shown);
  const axes = {
    x: options.x ?? ticks(chart.x[0]!, chart.x.at(-1)!, { steps: 10, whole: true }),
    y,
    xLabel: chart.xLabel,
    yLabel: chart.yLabel,
    written: onAxis(chart.values, y.most),
  };
  const left = Math.round(36 + Math.max(...axes.y.at.map((value) => textWidth(axes.written(value)))));
  const area = { left, right: svgWidth - 24, top, bottom };
  const scale = scales(axes, area);
  const place: Place = (values) =>
    values.map((value, i) => value === null ? null : [pixel(scale.x(chart.x[i]!)), pixel(scale.y(value))]);
  const drawn = chart.kind === "stacked" ? areas(chart, shown, place) : lines(chart, place);
  const legend = legendSvg(entries(chart), { ...area, top: bottom + 60 });
  return svgFile({ title: chart.title, description, height: bottom + 50 + legend.height }, [
    ...axesSvg(axes, area),
    ...drawn,
    ...legend.drawn,
  ]);
}

type Point = readonly [x: number, y: number];
/** Where values stand; null where there is none. */
type Place = (values: Values) => readonly (Point | null)[];

function verticalTicks({ kind, values, within, logarithmic }: Chart, shown: readonly Values[]) {
  if (within) return ticks(...within, { steps: 5 });
  const known = shown.flat().filter((value) => value !== null);
  if (known.length === 0) return ticks(0, 1, { steps: 5 });
  // By a loop, as there may be more values than a call takes arguments.
  let [least, most] = kind === "stacked" || values === "count" ? [0, 0] : [Infinity, -Infinity];
  for (const one of known) [least, most] = [Math.min(least, one), Math.max(most, one)];
  if (logarithmic) return logTicks(least, most);
  return ticks(least, most, { steps: 6, rounded: true, whole: values === "count" });
}

/** What all areas up to each one come to. */
function stacked({ x, lines, total }: Chart): number[][] {
  let sums = x.map(() => 0);
  return lines.map(({ values, part = 1 }) =>
    sums = sums.map((sum, i) => sum + part * (values[i] ?? 0) / (total ? Math.max(1, total[i]!) : 1))
  );
}

function areas({ lines, x }: Chart, sums: readonly Values[], place: Place): string[] {
  // Few areas are parted by a fine line, of many points nothing else would be left.
  const parted = x.length <= mostParted ? ` stroke="${paper}" stroke-width="0.5"` : "";
  return lines.map(({ color }, i) => {
    const path = between(place(sums[i]!), place(i === 0 ? x.map(() => 0) : sums[i - 1]!));
    return `<path d="${path}" fill="${chartColors[color][0]}"${parted}/>`;
  });
}

function lines({ lines, band }: Chart, place: Place): string[] {
  const filled = band && between(place(lines[band[0]]!.values), place(lines[band[1]]!.values));
  return [
    ...(filled ? [`<path d="${filled}" fill="${chartColors.c1[0]}" fill-opacity="0.16"/>`] : []),
    ...lines.filter(({ width }) => width !== 0).map((line) => lineSvg(line, place(line.values))),
  ];
}

function lineSvg({ color, dash, width = 2 }: ChartLine, points: readonly (Point | null)[]): string {
  const parts = pieces(points);
  const path = parts.filter((part) => part.length > 1).map((part) => `M${part.map(([x, y]) => `${x} ${y}`).join("L")}`);
  // What has no neighbour is no line.
  const single = parts.filter((part) => part.length === 1).map(([at]) =>
    `<circle cx="${at![0]}" cy="${at![1]}" r="2.5"/>`
  );
  const stroke = `stroke="${chartColors[color][0]}" fill="none" stroke-width="${width}" stroke-linejoin="round"`;
  return [
    ...(path.length > 0 ? [`<path d="${path.join("")}" ${stroke}${dashOf(dash)}/>`] : []),
    ...(single.length > 0 ? [`<g fill="${chartColors[color][0]}">${single.join("")}</g>`] : []),
  ].join("");
}

/** The area between two lines, where both are. */
function between(upper: readonly (Point | null)[], lower: readonly (Point | null)[]): string {
  const both = upper.map((one, i): readonly [Point, Point] | null => one && lower[i] ? [one, lower[i]] : null);
  return pieces(both).map((part) => {
    const way = [...part.map(([above]) => above), ...part.map(([, below]) => below).reverse()];
    return `M${way.map(([x, y]) => `${x} ${y}`).join("L")}Z`;
  }).join("");
}

/** What stands beside each other without a gap. */
function pieces<T>(all: readonly (T | null)[]): T[][] {
  const found: T[][] = [];
  all.forEach((one, i) => {
    if (one === null) return;
    if (i === 0 || all[i - 1] === null) found.push([]);
    found.at(-1)!.push(one);
  });
  return found;
}

function entries({ kind, lines, band }: Chart) {
  const named = lines.filter(({ label, width }) => label !== null && width !== 0);
  const square = (fill: string, opacity = 1) =>
    `<rect x="-8" y="-6" width="16" height="12" fill="${fill}" fill-opacity="${opacity}"/>`;
  const drawing = ({ color, dash, width = 2 }: ChartLine) =>
    kind === "stacked"
      ? square(chartColors[color][0])
      : `<path d="M-12 0H12" stroke="${chartColors[color][0]}" stroke-width="${width}"${dashOf(dash)}/>`;
  return [
    ...named.map((line) => ({ drawing: drawing(line), label: line.label! })),
    ...(band
      ? [{
        drawing: square(chartColors.c1[0], 0.16),
        label: `${lines[band[1]]!.label} to ${lines[band[0]]!.label}`,
      }]
      : []),
  ];
}

function dashOf(dash: readonly number[] | undefined): string {
  return dash ? ` stroke-dasharray="${dash.join(" ")}"` : "";
}
