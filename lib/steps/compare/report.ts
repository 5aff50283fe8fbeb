/**
 * A comparison, as records, as tables and as a page.
 *
 * @module
 */

import { raceShare } from "../../arms/plan.ts";
import { compared, leastSeeds } from "../../comparison/compared.ts";
import { comparisonSections, runsSection } from "../../comparison/sections.ts";
import type { ComparedRun, ComparisonSetup } from "../../records/compare.ts";
import type { StepContext } from "../../step/context.ts";
import { reference } from "./arms.ts";

/** Whether a format has no records: then all is printed at the end. */
export function isDocument(format: string): boolean {
  return ["table", "md", "html"].includes(format);
}

/** Emits the arms, or prints tables or a page. Needs read permission for `lib` and `node_modules/uplot` for a page. */
export async function report(
  step: StepContext,
  runs: readonly ComparedRun[],
  setup: ComparisonSetup,
  margin: number | undefined,
): Promise<void> {
  const { objective } = setup;
  const arms = compared(runs, { reference, margin });
  warn(step, runs, arms.length - 1);
  if (!isDocument(step.format)) {
    for (const arm of arms) {
      step.emit({ type: "compare.arm", id: null, ok: true, ...arm });
    }
  }
  const facts = { facts: factsOf(setup, margin), reference, margin, ...(objective && { objective }) };
  const sections = comparisonSections(arms, facts);
  if (step.format === "table") step.print((await import("../../step/sections_text.ts")).text(sections));
  const all = [...sections, runsSection(runs, objective)];
  if (step.format === "html") {
    const { comparisonPage } = await import("../../comparison/page.ts");
    step.print(await comparisonPage(runs, all, objective));
  }
  if (step.format === "md") {
    const { markdownTable } = await import("../../tables/markdown_table.ts");
    step.print(["# Comparison\n", ...all.map((table) => markdownTable(table, table.rows.length))].join("\n"));
  }
}

function warn({ say }: StepContext, runs: readonly ComparedRun[], others: number): void {
  const seeds = new Set(runs.map(({ seed }) => seed)).size;
  const least = leastSeeds(others);
  if (seeds < least) {
    say(
      `${seeds} ${seeds === 1 ? "seed" : "seeds"} can show nothing beside ${others} ${
        others === 1 ? "arm" : "arms"
      }: it takes at least ${least}.`,
    );
  }
  const limited = runs.reduce((sum, run) => sum + run.limited, 0);
  if (limited > 0) {
    say(`${limited} evaluations were ended by a limit of the machine: another one may come to something else.`);
  }
}

function factsOf(setup: ComparisonSetup, margin: number | undefined): [string, string][] {
  const { template, budget, seeds, count, tests, isUnseen, isRaced, left } = setup;
  return [
    ["template", template],
    ["budget", `${budget} judged episodes for each run of an arm that searches`],
    ["seeds", `${seeds}; population of ${count}`],
    ["test worlds", `${tests} for each seed${isUnseen ? "" : "; no unseen instance"}`],
    [
      "race",
      isRaced ? `as at the end of a run, with ${raceShare * 100} % of the budget` : "none, as scores have no noise",
    ],
    ...(margin === undefined ? [] : [["margin", String(margin)] as [string, string]]),
    ...left.map((one): [string, string] => ["left out", one]),
  ];
}
