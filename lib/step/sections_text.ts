/**
 * Titled tables as text for a terminal.
 *
 * @module
 */

import { layout } from "./layout.ts";
import type { Section } from "../tables/section.ts";
import { isNumeric, plain, show } from "../tables/show.ts";

/** Cycles that a table shows, the last ones: a terminal shows the end of a text. */
const mostCycles = 20;

/** Tables as text, below each other. */
export function text(sections: readonly Section[]): string {
  return sections.filter((section) => section.rows.length > 0).map(sectionText).join("\n");
}

function sectionText({ title, columns, rows }: Section): string {
  const shown = columns[0]!.name === "cycle" ? rows.slice(-mostCycles) : rows;
  const cells = shown.map((row) => row.map((cell, i) => plain(show(cell, columns[i]!.kind))));
  const set = layout(columns.map(({ name, kind }) => ({ name, right: isNumeric(kind) })), cells);
  const left = rows.length - shown.length;
  return [
    title,
    ...(left > 0 ? [`(the last ${mostCycles} of ${rows.length} cycles)`] : []),
    ...(columns[0]!.name === "what" ? [] : set.heading),
    ...set.rows,
    "",
  ].join("\n");
}
