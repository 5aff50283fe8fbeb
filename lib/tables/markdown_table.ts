/**
 * A table in Markdown.
 *
 * @module
 */

import { name, paragraph, words } from "./markdown_text.ts";
import type { Section } from "./section.ts";
import { type Cell, type ColumnKind, isNumeric, show } from "./show.ts";
import { spread } from "./spread.ts";

/** Rows of a table at most. */
export const mostRows = 60;

/** One table with its heading; of more rows than it may have the first ones, of cycles some that are evenly spread. */
export function markdownTable(section: Section, most = mostRows): string {
  const { title, note, columns, rows } = section;
  const shown = isByCycle(section) ? spread(rows, most) : rows.slice(0, most);
  const which = isByCycle(section) ? "cycles, evenly spread" : "rows, the first ones";
  const thinned = shown.length < rows.length
    ? `(${shown.length} of ${rows.length} ${which}; report.json has all.)`
    : "";
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [
    `## ${words(title)}\n`,
    ...[paragraph(note), thinned].filter((text) => text !== "").map((text) => `${text}\n`),
    line(columns.map((column) => words(column.name))),
    line(columns.map((column) => isNumeric(column.kind) ? "--:" : "---")),
    ...shown.map((row) => line(row.map((value, i) => cell(value, columns[i]!.kind)))),
    "",
  ].join("\n");
}

function cell(value: Cell, kind: ColumnKind): string {
  const text = show(value, kind);
  return value === null || isNumeric(kind) || kind === "words" ? words(text) : name(text);
}

/** Whether the rows of a table are cycles. */
export function isByCycle({ columns }: Section): boolean {
  return columns[0]?.name === "cycle";
}
