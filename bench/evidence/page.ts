/**
 * The evidence as Markdown: `docs/evidence.md`.
 *
 * @module
 */

import { ablationPart, type AblationRecord } from "./ablation_page.ts";
import { compared } from "../../lib/comparison/compared.ts";
import { comparisonSections } from "../../lib/comparison/sections.ts";
import type { ComparedRun } from "../../lib/records/compare.ts";
import { markdownTable } from "../../lib/tables/markdown_table.ts";
import { reference } from "../../lib/steps/compare/arms.ts";
import { equivalence } from "../../lib/statistics/equivalence.ts";
import { equivalenceTable } from "./equivalence_table.ts";
import { defaultTemplate } from "./default_template.ts";
import { theoryName } from "./files.ts";
import { problems } from "./problems.ts";
import type { SelectionRun } from "./selection.ts";
import { selectionPart } from "./selection_page.ts";
import { sentences } from "./sentences.ts";
import type { TheoryRun } from "./theory.ts";
import type { TspRun } from "./tsp.ts";
import { tspPart } from "./tsp_page.ts";

/** The whole page. */
export function evidencePage(
  theory: readonly TheoryRun[],
  selection: readonly SelectionRun[],
  runs: readonly ComparedRun[],
  ofTsp: readonly TspRun[],
  ofPeers: readonly TspRun[],
  ablation: readonly AblationRecord[],
): string {
  return [
    "# Evidence",
    "",
    "Whether evolution does what it is said to do, and by how much. `deno task prove` runs all of it and writes this page from the " +
    "raw results in `docs/evidence/`, a line for each run; `--only` renews a part, `--page` writes the page alone.",
    "",
    ...theoryPart(theory),
    ...selectionPart(selection),
    ...templatePart(runs),
    ...tspPart(ofTsp, ofPeers),
    ...ablationPart(ablation),
  ].join("\n");
}

/** Running times that are known. */
function theoryPart(theory: readonly TheoryRun[]): string[] {
  const rows = problems.map((problem) => {
    const births = theory.filter((run) => run.problem === problem.name).map((run) => run.births);
    const value = problem.births;
    return { problem, value, runs: births.length, ...equivalence(births, { value, margin: problem.margin * value }) };
  });
  const table = equivalenceTable({
    title: "Births until the largest value is found",
    note:
      "Theory is the exact mean; from and to are the bounds of the interval of 90 % of the measured one: equal is what has all " +
      "of it within the margin.",
    first: ["problem", "text", ({ problem }) => problem.name],
    rows,
  });
  return [
    "## Theory",
    "",
    "The (1+1) evolutionary algorithm, as the selection `one-plus-one` with a gene that flips each bit with the chance of one in " +
    "their number, from one uniformly random genome. Fixed before the runs: two one-sided tests at the level 0.05 of whether the " +
    "mean is what theory says, and as many runs as show that in 90 of 100 cases where it is so. Jump has a valley that is " +
    "crossed by one birth, and tests the rule for ties as well.",
    "",
    table,
    `Raw results: [evidence/${theoryName}.ndjson](evidence/${theoryName}.ndjson).`,
    "",
  ];
}

/** Evolution beside what it is to beat. */
function templatePart(runs: readonly ComparedRun[]): string[] {
  const { budget, seeds, count, tests, margin, primary, name } = defaultTemplate;
  const arms = compared(runs, { reference, margin });
  const facts = { facts: [], reference, margin };
  const tables = comparisonSections(arms, facts).filter(({ rows }) => rows.length > 0);
  return [
    "## The default template",
    "",
    `The arms and the figures are those of [comparisons.md](comparisons.md). Fixed before the runs: ${seeds} seeds; ${budget} judged episodes for each run of an arm that searches; populations of ${count} under ` +
    `the default configuration; what was chosen is judged on ${tests} test worlds for each seed. The primary comparison is ${reference} ` +
    `with ${primary}, at an equal number of episodes and with the same race at the end; ${margin} points are worth seeing.`,
    "",
    ...tables.map((table) => markdownTable(table, table.rows.length).replace(/^##/, "###")),
    "In short, differences with intervals of 95 % and p by Holm:",
    "",
    ...sentences(arms, { margin }),
    "",
    `The genome of \`hand-made\` is the best of nine that were written down with the README of the template at hand, and tried on ` +
    "120 worlds that are none of these. Raw results: " +
    `[evidence/${name}.ndjson](evidence/${name}.ndjson).`,
    "",
  ];
}
