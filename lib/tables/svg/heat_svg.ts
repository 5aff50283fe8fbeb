/**
 * Shares of rows over columns as an SVG file that needs nothing else.
 *
 * @module
 */

import type { HeatChart } from "../chart.ts";
import { chartColors } from "../chart_colors.ts";
import { cutText, legendSvg, pixel, svgFile, svgText, svgWidth, textWidth } from "./frame.ts";

const row = 16, top = 14;

/** The map, and what its numbers are of. */
export function heatSvg({ title, x, xLabel, rows }: HeatChart, description: string): string {
  const names = Math.min(230, Math.max(...rows.map(({ label }) => textWidth(label))));
  const left = Math.round(24 + names), right = svgWidth - 24, bottom = top + rows.length * row;
  const width = (right - left) / x.length;
  const squares = rows.flatMap(({ label, shares }, i) => {
    const y = top + i * row;
    return [
      svgText(cutText(label, names + 6), left - 8, y + 12, 'text-anchor="end"'),
      ...shares.map((share, column) =>
        `<rect x="${pixel(left + column * width)}" y="${y}" width="${pixel(width - 1)}" height="${row - 1}" ` +
        `fill="${shade(share)}"/>`
      ),
    ];
  });
  // As many numbers as have room.
  const each = Math.ceil(40 / width);
  const numbers = x.flatMap((value, column) =>
    (x.length - 1 - column) % each > 0
      ? []
      : [svgText(String(value), left + (column + 0.5) * width, bottom + 14, 'text-anchor="middle"')]
  );
  const legend = legendSvg(
    [0, 0.25, 0.5, 0.75, 1].map((share) => ({
      drawing: `<rect x="-8" y="-6" width="16" height="12" fill="${shade(share)}" stroke="${chartColors.grid[0]}"/>`,
      label: `${share * 100} %`,
    })),
    { left, right, top: bottom + 54 },
  );
  return svgFile({ title, description, height: bottom + 44 + legend.height }, [
    ...squares,
    ...numbers,
    svgText(xLabel, (left + right) / 2, bottom + 32, 'text-anchor="middle"'),
    ...legend.drawn,
  ]);
}

/** From nearly white, of none, to the darkest, of all. */
function shade(share: number): string {
  const [none, all] = ["#f3f5f8", "#1f5f99"].map((color) =>
    [1, 3, 5].map((at) => parseInt(color.slice(at, at + 2), 16))
  );
  return `#${
    none!.map((from, i) => Math.round(from + (all![i]! - from) * share).toString(16).padStart(2, "0")).join("")
  }`;
}
