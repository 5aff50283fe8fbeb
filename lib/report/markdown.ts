/**
 * A report as Markdown.
 *
 * @module
 */

import type { Section } from "./sections.ts";
import { isNumeric, plain, show } from "./show.ts";

/**
 * A report as Markdown: a heading and tables, in GitHub's dialect.
 *
 * No text of the run can leave its cell, be a link, or be HTML.
 */
export function markdown(sections: readonly Section[]): string {
  const parts = ["# Report of the run\n"];
  for (const section of sections) {
    if (section.rows.length === 0) continue;
    parts.push(`## ${escape(section.title)}\n`);
    if (section.note) parts.push(`${escape(section.note)}\n`);
    parts.push(table(section));
  }
  return parts.join("\n");
}

function table({ columns, rows }: Section): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [
    line(columns.map((column) => escape(column.name))),
    line(columns.map((column) => isNumeric(column.kind) ? "--:" : "---")),
    ...rows.map((row) => line(row.map((cell, i) => escape(show(cell, columns[i]!.kind))))),
    "",
  ].join("\n");
}

/** Signs that mean something within a line escaped (CommonMark 0.31, section 2.4), or entities where that does not help. */
function escape(text: string): string {
  return plain(text).replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;")
    .replace(/[\\`*_[\]{}|~]/g, "\\$&")
    .replace(
      /:\/\/|www\.|mailto:|xmpp:|@/gi,
      (match) => match.replace(/[^A-Za-z]/g, (sign) => `&#${sign.charCodeAt(0)};`),
    );
}
