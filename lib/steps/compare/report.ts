/**
 * A comparison, as records, as tables and as a page.
 *
 * @module
 */

import { compared, leastSeeds } from "../../comparison/compared.ts";
import { comparisonSections, runsSection } from "../../comparison/sections.ts";
import type { ComparedRun } from "../../records/compare.ts";
import { testWorlds } from "../../run/unseen_worlds.ts";
import type { Config } from "../../run/config_schema.ts";
import type { WorldSettings } from "../../runtime/contract.ts";
import type { StepContext } from "../../step/context.ts";
import { raceEntrants, raceShare, reference } from "./arms.ts";
import type { CompareOptions } from "./options.ts";

/** What is told of a comparison besides its runs. */
export interface Compared extends Omit<CompareOptions, "template" | "count"> {
  readonly template: string;
  readonly count: number;
  /** Arms that were left out, each with the reason. */
  readonly left: readonly string[];
  readonly world: WorldSettings;
  readonly config: Config;
}

/** Whether a format has no records: then all is printed at the end. */
export function isDocument(format: string): boolean {
  return ["table", "md", "html"].includes(format);
}

/** Emits the arms, or prints tables or a page. Needs read permission for `lib` and `node_modules/uplot` for a page. */
export async function report(step: StepContext, runs: readonly ComparedRun[], of: Compared): Promise<void> {
  const [objective] = of.world.objectives ?? [];
  const arms = compared(runs, { reference, margin: of.margin });
  warn(step, runs, arms.length - 1, of);
  if (!isDocument(step.format)) {
    for (const arm of arms) {
      step.emit({ type: "compare.arm", id: null, ok: true, ...arm });
    }
  }
  const facts = { facts: factsOf(of), reference, margin: of.margin, ...(objective && { objective }) };
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

function warn({ say }: StepContext, runs: readonly ComparedRun[], others: number, { seeds }: Compared): void {
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

function factsOf({ template, budget, seeds, count, tests, margin, left, world, config }: Compared): [string, string][] {
  const { count: worlds, isUnseen } = testWorlds({ seed: "1", settings: world, config: config.world });
  const judged = `${Math.min(worlds, tests)} for each seed`;
  return [
    ["template", template],
    ["budget", `${budget} judged episodes for each run of an arm that searches`],
    ["seeds", `${seeds}; population of ${count}`],
    ["test worlds", isUnseen ? judged : `${judged}; no unseen instance`],
    [
      "race",
      world.noisy
        ? `${raceShare * 100} % of the budget, among ${raceEntrants} at most`
        : "none, as scores have no noise",
    ],
    ...(margin === undefined ? [] : [["margin", String(margin)] as [string, string]]),
    ...left.map((one): [string, string] => ["left out", one]),
  ];
}
