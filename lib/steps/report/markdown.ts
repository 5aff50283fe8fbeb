/**
 * A report as Markdown.
 *
 * @module
 */

import { scoreChart } from "./chart.ts";
import type { CycleReport } from "../../db/cycle_report.ts";
import { name, paragraph, words } from "../../tables/markdown_text.ts";
import type { Section } from "../../tables/section.ts";
import { type Cell, type ColumnKind, isNumeric, show } from "../../tables/show.ts";
import { spread } from "../../tables/spread.ts";

/** Bytes that a report has at most: what a page shows at once, a tenth of what GitHub takes for a job's summary. */
const mostBytes = 95_000;
/** Rows of a table at most: of one by cycle, where the chart tells more, and of any other. */
const mostRows = { cycles: 20, others: 60 };
const encoder = new TextEncoder();

/**
 * A report as Markdown in GitHub's dialect: headings, tables, and a chart of block signs, less than 100 kB whatever the
 * run's length. Where rows are left out it says so.
 *
 * No text of the run can leave its cell, or be a link, a mention, a picture or HTML.
 *
 * @param cycles For the chart, which follows the first table.
 */
export function markdown(sections: readonly Section[], cycles: readonly CycleReport[] = []): string {
  const parts = ["# Report of the run\n"], omitted: string[] = [];
  let left = mostBytes;
  const add = (part: string) => {
    parts.push(part);
    left -= encoder.encode(part).length + 1;
  };
  for (const [index, section] of sections.filter(({ rows }) => rows.length > 0).entries()) {
    const fitting = fit(section, left);
    if (fitting === undefined) omitted.push(words(section.title));
    else add(fitting);
    if (index === 0) add(chart(cycles));
  }
  if (omitted.length > 0) parts.push(`Left out for its length, and in \`report.json\`: ${omitted.join(", ")}.\n`);
  return parts.filter((part) => part !== "").join("\n");
}

/** One table with its heading, at most sixty rows of it. */
export function markdownTable(section: Section): string {
  return render(section, mostRows.others);
}

function chart(cycles: readonly CycleReport[]): string {
  const lines = scoreChart(cycles);
  return lines === "" ? "" : `## Scores over cycles\n\n\`\`\`\n${lines}\n\`\`\`\n`;
}

/** A section with as many rows as there is room for; undefined where not even a few fit. */
function fit(section: Section, bytes: number): string | undefined {
  for (let most = byCycle(section) ? mostRows.cycles : mostRows.others; most > 2; most >>= 1) {
    const text = render(section, most);
    if (encoder.encode(text).length < bytes) return text;
  }
  return undefined;
}

function render(section: Section, most: number): string {
  const { title, note, columns, rows } = section;
  const shown = byCycle(section) ? spread(rows, most) : rows.slice(0, most);
  const which = byCycle(section) ? "cycles, evenly spread" : "rows, the first ones";
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

function byCycle({ columns }: Section): boolean {
  return columns[0]?.name === "cycle";
}
