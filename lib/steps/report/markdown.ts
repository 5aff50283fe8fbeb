/**
 * A report as Markdown.
 *
 * @module
 */

import type { CycleReport } from "../../records/report_cycle.ts";
import type { Objective } from "../../runtime/contract.ts";
import { scoreChart } from "./chart.ts";
import { words } from "../../tables/markdown_text.ts";
import { isByCycle, markdownTable, mostRows } from "../../tables/markdown_table.ts";
import { scoresTitle } from "./objective.ts";
import type { Section } from "../../tables/section.ts";

/** Bytes that a report has at most: what a page shows at once, a tenth of what GitHub takes for a job's summary. */
const mostBytes = 95_000;
/** Rows of a table by cycle at most, as the chart tells more. */
const mostCycles = 20;
const encoder = new TextEncoder();

/**
 * A report as Markdown in GitHub's dialect: headings, tables, and a chart of block signs, less than 100 kB whatever the
 * run's length. Where rows are left out it says so.
 *
 * No text of the run can leave its cell, or be a link, a mention, a picture or HTML.
 *
 * @param cycles For the chart, which follows the first table.
 * @param objective What scores stand for; absent: the world gives scores itself.
 */
export function markdown(
  sections: readonly Section[],
  cycles: readonly CycleReport[] = [],
  objective?: Objective,
): string {
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
    if (index === 0) add(chart(cycles, objective));
  }
  if (omitted.length > 0) parts.push(`Left out for its length, and in \`report.json\`: ${omitted.join(", ")}.\n`);
  return parts.filter((part) => part !== "").join("\n");
}

function chart(cycles: readonly CycleReport[], objective: Objective | undefined): string {
  const lines = scoreChart(cycles, objective);
  return lines === "" ? "" : `## ${words(scoresTitle("over cycles", objective))}\n\n\`\`\`\n${lines}\n\`\`\`\n`;
}

/** A section with as many rows as there is room for; undefined where not even a few fit. */
function fit(section: Section, bytes: number): string | undefined {
  for (let most = isByCycle(section) ? mostCycles : mostRows; most > 2; most >>= 1) {
    const text = markdownTable(section, most);
    if (encoder.encode(text).length < bytes) return text;
  }
  return undefined;
}
