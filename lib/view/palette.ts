/**
 * The colours of shapes, in light and in dark.
 *
 * @module
 */

import type { ShapeColor } from "../runtime/contract.ts";
import { colors, groupColors } from "../runtime/shape_colors.ts";

/** By name: on white and on black. */
const palette: Readonly<Record<string, readonly [light: string, dark: string]>> = {
  paper: ["#ffffff", "#14181e"],
  ink: ["#1b2430", "#e7ebf0"],
  grey: ["#6c7683", "#98a3b1"],
  faint: ["#dfe3e8", "#343d4a"],
  blue: ["#0067a8", "#5cb6f0"],
  orange: ["#c65102", "#ff9d5c"],
  green: ["#007a55", "#3fcb9b"],
  red: ["#c2203a", "#ff7b87"],
  purple: ["#6a4bc0", "#ab94f0"],
  teal: ["#007c89", "#45c8d6"],
  pink: ["#a3377f", "#ee92cb"],
  brown: ["#80602f", "#d0ab72"],
};

/** The name of a shape's colour. */
export function colorName(color: ShapeColor = "ink"): string {
  return typeof color === "number" ? groupColors[color % groupColors.length]! : color;
}

/**
 * CSS by which an element of class `c-NAME` is of that colour, and one of class `l-NAME` drawn by a line of it.
 *
 * @param within What stands before each class.
 */
export function paletteCss(within = ""): string {
  const rules = (which: 0 | 1) =>
    ["paper", ...colors].map((name) => {
      const color = palette[name]![which];
      return `${within}.c-${name}{fill:${color}}${within}.l-${name}{stroke:${color}}`;
    }).join("");
  return `${rules(0)}@media (prefers-color-scheme:dark){${rules(1)}}`;
}
