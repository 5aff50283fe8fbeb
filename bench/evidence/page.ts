/**
 * The evidence as Markdown: `docs/evidence.md`.
 *
 * @module
 */

import { compared } from "../../lib/comparison/compared.ts";
import { comparisonSections } from "../../lib/comparison/sections.ts";
import type { ComparedArm, ComparedRun } from "../../lib/records/compare.ts";
import { markdownTable } from "../../lib/tables/markdown_table.ts";
import { reference } from "../../lib/steps/compare/arms.ts";
import { defaultTemplate } from "./default_template.ts";

/** The whole page. */
export function evidencePage(runs: readonly ComparedRun[]): string {
  const { budget, seeds, count, tests, margin, primary, name } = defaultTemplate;
  const arms = compared(runs, { reference, margin });
  const facts = { facts: [], reference, margin };
  const tables = comparisonSections(arms, facts).filter(({ rows }) => rows.length > 0);
  return [
    "# Evidence",
    "",
    "Whether evolution does what it is said to do, and by how much. `deno task prove` runs all of it and writes this page from the " +
    "raw results in `docs/evidence/`, a line for each run of an arm; `--page` writes the page alone. The arms and the " +
    "figures are those of [comparisons.md](comparisons.md).",
    "",
    "## The default template",
    "",
    `Fixed before the runs: ${seeds} seeds; ${budget} judged episodes for each run of an arm that searches; populations of ${count} under ` +
    `the default configuration; what was chosen is judged on ${tests} test worlds for each seed. The primary comparison is ${reference} ` +
    `with ${primary}, at an equal number of episodes and with the same race at the end; ${margin} points are worth seeing.`,
    "",
    ...tables.map((table) => markdownTable(table, table.rows.length).replace(/^##/, "###")),
    "In short, differences with intervals of 95 % and p by Holm:",
    "",
    ...arms.filter(({ against }) => against !== null).map(sentence),
    "",
    `The genome of \`hand-made\` is the best of nine that were written down with the README of the template at hand, and tried on ` +
    "120 worlds that are none of these. Raw results: " +
    `[evidence/${name}.ndjson](evidence/${name}.ndjson).`,
    "",
  ].join("\n");
}

/** What is shown of an arm, and what is not. */
function sentence({ arm, against }: ComparedArm): string {
  const { shown, difference, low, high, adjusted, pairs, pairsForMargin } = against!;
  const figures = `${number(difference)} [${number(low)}, ${number(high)}], p = ${
    probability(adjusted)
  }, ${pairs} pairs`;
  const enough = pairsForMargin === null
    ? ""
    : ` To see ${defaultTemplate.margin} points in 80 of 100 cases takes ${pairsForMargin} seeds.`;
  if (shown === null) {
    return `- That \`${reference}\` is better or worse than \`${arm}\` is **not shown**: ${figures}.${enough}`;
  }
  return `- \`${reference}\` is **${shown}** than \`${arm}\`: ${figures}.`;
}

function number(value: number | null): string {
  return value === null ? "–" : value.toFixed(2);
}

function probability(value: number | null): string {
  return value === null ? "–" : value < 0.0001 ? value.toExponential(1) : value.toFixed(4);
}
