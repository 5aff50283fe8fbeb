/**
 * A report as text for a terminal.
 *
 * @module
 */

import { bold, dim } from "@std/fmt/colors";
import type { Section } from "./sections.ts";
import { isNumeric, plain, show } from "./show.ts";

/** A terminal shows the end of a text: of long tables by cycle the last rows. */
const mostRows = 20;

/** A report as text: the tables below each other. */
export function text(sections: readonly Section[]): string {
  return sections.filter((section) => section.rows.length > 0).map(sectionText).join("\n");
}

function sectionText({ title, columns, rows }: Section): string {
  const shown = rows.slice(-mostRows);
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
    ...(left > 0 ? [dim(`(the last ${mostRows} of ${rows.length} lines)`)] : []),
    ...(columns[0]!.name === "what" ? [] : [dim(line(columns.map((column) => column.name)))]),
    ...cells.map(line),
    "",
  ].join("\n");
}
