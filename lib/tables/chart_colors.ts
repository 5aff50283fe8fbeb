/**
 * The colours of charts, in light and in dark.
 *
 * @module
 */

/** By name: on white and on black. Neighbours differ for those too who see few colours (after Okabe and Ito 2008). */
export const chartColors = {
  c1: ["#0072b2", "#5cb6f0"],
  c2: ["#c65102", "#ff9d5c"],
  c3: ["#00855f", "#3fcb9b"],
  c4: ["#a3377f", "#e58cc3"],
  c5: ["#b88200", "#e8c04a"],
  c6: ["#4c9fd4", "#2f7fb5"],
  c7: ["#7a5cc7", "#ab94f0"],
  c8: ["#8a6d4b", "#c0a27c"],
  rest: ["#b4bbc5", "#5a6573"],
  grid: ["#e3e6eb", "#2b333f"],
  heat: ["#5899d4", "#25669c"],
} as const;

/** The name of a colour. */
export type ChartColor = keyof typeof chartColors;

/** CSS by which each colour is the value of a property, such as `--c1`. */
export function chartColorsCss(): string {
  const rules = (which: 0 | 1) =>
    `:root{${Object.entries(chartColors).map(([name, both]) => `--${name}:${both[which]}`).join(";")}}`;
  return `${rules(0)}\n@media (prefers-color-scheme:dark){${rules(1)}}`;
}
