/**
 * A report as text for a terminal.
 *
 * @module
 */

import { bold, dim } from "@std/fmt/colors";
import type { Section } from "./section.ts";
import { isNumeric, plain, show } from "./show.ts";

/** Cycles that a table shows, the last ones: a terminal shows the end of a text. */
const mostCycles = 20;

/** A report as text: the tables below each other. */
export function text(sections: readonly Section[]): string {
  return sections.filter((section) => section.rows.length > 0).map(sectionText).join("\n");
}

function sectionText({ title, columns, rows }: Section): string {
  const shown = columns[0]!.name === "cycle" ? rows.slice(-mostCycles) : rows;
  const cells = shown.map((row) => row.map((cell, i) => plain(show(cell, columns[i]!.kind))));
  const widths = columns.map(({ name }, i) =>
    cells.reduce((width, row) => Math.max(width, row[i]!.length), name.length)
  );
  const line = (row: readonly string[]) =>
    row.map((cell, i) => isNumeric(columns[i]!.kind) ? cell.padStart(widths[i]!) : cell.padEnd(widths[i]!))
      .join("  ").trimEnd();
  const left = rows.length - shown.length;
  return [
    bold(title),
    ...(left > 0 ? [dim(`(the last ${mostCycles} of ${rows.length} cycles)`)] : []),
    ...(columns[0]!.name === "what" ? [] : [dim(line(columns.map((column) => column.name)))]),
    ...cells.map(line),
    "",
  ].join("\n");
}
