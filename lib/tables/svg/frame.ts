/**
 * What all SVG files of charts have in common: the root with title and description, axes, a legend.
 *
 * @module
 */

import { xmlText } from "../../util/xml.ts";
import { chartColors } from "../chart_colors.ts";
import type { Ticks } from "./ticks.ts";

/** Width of all files, in pixels. */
export const svgWidth = 760;
/** Colours of texts and of axes, and of what they are on. */
export const ink = "#1b2430", axis = "#5b6675", paper = "#ffffff";
/** About how wide a sign is, in pixels. */
const sign = 6.4;

/** A file: what is drawn on white, in as many pixels. Title and description are for whoever can't see it. */
export function svgFile(
  { title, description, height }: { readonly title: string; readonly description: string; readonly height: number },
  drawn: readonly string[],
): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${svgWidth} ${height}" width="${svgWidth}" \
height="${height}" role="img" aria-labelledby="title description" font-family="Helvetica, Arial, sans-serif" \
font-size="12">
<title id="title">${xmlText(title)}</title>
<desc id="description">${xmlText(description)}</desc>
<rect width="${svgWidth}" height="${height}" fill="${paper}"/>
${drawn.join("\n")}
</svg>
`;
}

/** A text; what it is said in is about {@linkcode textWidth} wide. */
export function svgText(text: string, x: number, y: number, attributes = ""): string {
  return `<text x="${pixel(x)}" y="${pixel(y)}" fill="${ink}"${attributes && ` ${attributes}`}>${xmlText(text)}</text>`;
}

/** About how wide a text is, in pixels. */
export function textWidth(text: string): number {
  return text.length * sign;
}

/** A text of so many pixels at most. */
export function cutText(text: string, most: number): string {
  const signs = Math.floor(most / sign);
  return text.length <= signs ? text : `${text.slice(0, signs - 1)}…`;
}

/** To tenths of a pixel. */
export function pixel(value: number): number {
  return Math.round(value * 10) / 10 + 0;
}

/** Where a chart is drawn within the file. */
export interface Area {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Both axes with ticks, grid and names. */
export interface Axes {
  readonly x: Ticks;
  readonly y: Ticks;
  readonly xLabel: string;
  readonly yLabel: string;
  readonly written: (value: number) => string;
}

/** Where a value of each axis stands. */
export function scales({ x, y }: Pick<Axes, "x" | "y">, { left, right, top, bottom }: Area) {
  return {
    x: (value: number) => left + share(value, x) * (right - left),
    y: (value: number) => bottom - share(value, y) * (bottom - top),
  };
}

/** Where a value is on an axis, from 0 to 1. */
function share(value: number, { least, most, logarithmic }: Ticks): number {
  return logarithmic ? Math.log(value / least) / Math.log(most / least) : (value - least) / (most - least);
}

/** The grid, which is drawn beneath all else, and the axes' texts. */
export function axesSvg(axes: Axes, area: Area): string[] {
  const { left, right, top, bottom } = area, scale = scales(axes, area);
  const middle = (top + bottom) / 2;
  return [
    ...axes.y.at.flatMap((value) => {
      const at = pixel(scale.y(value));
      return [
        `<path d="M${left} ${at}H${right}" stroke="${chartColors.grid[0]}"/>`,
        svgText(axes.written(value), left - 8, at + 4, 'text-anchor="end"'),
      ];
    }),
    ...axes.x.at.flatMap((value) => {
      const at = pixel(scale.x(value));
      return [
        `<path d="M${at} ${bottom}v5" stroke="${axis}"/>`,
        svgText(String(value), at, bottom + 18, 'text-anchor="middle"'),
      ];
    }),
    `<path d="M${left} ${bottom}H${right}" stroke="${axis}"/>`,
    svgText(axes.xLabel, (left + right) / 2, bottom + 36, 'text-anchor="middle"'),
    svgText(axes.yLabel, 16, middle, `text-anchor="middle" transform="rotate(-90 16 ${pixel(middle)})"`),
  ];
}

/** An entry of a legend: a drawing of 24 pixels with its middle at 0,0, and what it stands for. */
export interface LegendEntry {
  readonly drawing: string;
  readonly label: string;
}

/** Entries in rows that fit the width, and how high they are. */
export function legendSvg(
  entries: readonly LegendEntry[],
  { left, right, top }: Pick<Area, "left" | "right" | "top">,
): { readonly drawn: string[]; readonly height: number } {
  const widest = right - left;
  let x = left, y = top;
  const drawn = entries.map(({ drawing, label }) => {
    const shown = cutText(label, widest - 48), width = 48 + textWidth(shown);
    if (x > left && x + width > right) [x, y] = [left, y + 20];
    const at = `<g transform="translate(${pixel(x + 12)} ${pixel(y)})">${drawing}</g>${svgText(shown, x + 30, y + 4)}`;
    x += width;
    return at;
  });
  return { drawn, height: entries.length === 0 ? 0 : y - top + 20 };
}
