/**
 * What the genes of a winner are worth, as a part of `docs/evidence.md`.
 *
 * @module
 */

import type { AblationFinished, AblationGene, AblationStep } from "../../lib/records/ablation.ts";
import { sectionsOf } from "../../lib/steps/ablate/document.ts";
import { markdownTable } from "../../lib/tables/markdown_table.ts";
import { ablationName } from "./files.ts";

/** A record of `ablate`. */
export type AblationRecord = AblationFinished | AblationGene | AblationStep;

/** How the run was made whose winner it is, and what was asked of it. */
export const ablationCommands = [
  "deno task init --run tsp-winner --template examples/tsp --count 40 --seed 1",
  "deno task lifecycle --run tsp-winner --cycles 8 --isolation shared",
  "deno task ablate --run tsp-winner --format ndjson",
];

/** What is said where the smallest genome is not shown to keep the score. */
const unkept =
  "**It did not come out as hoped**: the genome with which elimination ended is not shown to keep the score in " +
  "worlds that had no part in it. Of many genomes that are tried some look good by luck, the more so the fewer episodes decide; " +
  "a larger `--episodes` leaves less to that.";

/** The tables of an ablation; none where it was not run. */
export function ablationPart(records: readonly AblationRecord[]): string[] {
  const report = records.find((one) => one.type === "ablation.finished");
  if (!report) return [];
  const told = {
    effects: records.filter((one) => one.type === "ablation.gene"),
    steps: records.filter((one) => one.type === "ablation.step"),
    report,
  };
  const tables = sectionsOf(told).filter(({ rows }) => rows.length > 0);
  return [
    "## What the genes of a tsp winner are worth",
    "",
    "By the steps themselves, of the winner of one run's final race; what the figures mean is in " +
    "[results.md](results.md#what-its-genes-are-worth). It is one genome of one run, so that it shows what that genome does, and " +
    "nothing of others.",
    "",
    "```sh",
    ...ablationCommands,
    "```",
    "",
    ...tables.map((table) => markdownTable(table).replace(/^##/, "###")),
    ...(report.smallest.verdict === "kept" ? [] : [unkept, ""]),
    `Raw results: [evidence/${ablationName}.ndjson](evidence/${ablationName}.ndjson).`,
    "",
  ];
}
