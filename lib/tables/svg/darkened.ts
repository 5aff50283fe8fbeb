/**
 * Charts on a page that may be dark.
 *
 * @module
 */

import { chartColors } from "../chart_colors.ts";
import { axis, ink, paper } from "./frame.ts";

/** Colours of an SVG file, each with what it is in the dark. */
const pairs: readonly (readonly [light: string, dark: string])[] = [
  ...Object.values(chartColors),
  [paper, "#0d1117"],
  [ink, "#e6edf3"],
  [axis, "#8b96a5"],
];

/** The same chart, in dark colours where the reader prefers these. */
export function darkened(svg: string): string {
  const rules = pairs.flatMap(([light, dark]) =>
    ["fill", "stroke"].map((name) => `[${name}="${light}"]{${name}:${dark}}`)
  );
  return svg.replace("\n", `\n<style>@media (prefers-color-scheme:dark){${rules.join("")}}</style>\n`);
}
