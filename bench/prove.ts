/**
 * Shows that evolution does better than chance, and by how much: runs the comparison that was fixed beforehand, keeps its raw
 * results and writes the page of them.
 *
 * @module
 */

import type { ComparedRun } from "../lib/records/compare.ts";
import { defaultConfig } from "../lib/run/config_defaults.ts";
import { projectRoot } from "../lib/run/paths.ts";
import { armsOf, comparedRuns } from "../lib/steps/compare/runs.ts";
import type { StepContext } from "../lib/step/context.ts";
import { runStep } from "../lib/step/step.ts";
import { initDefaults } from "../lib/template/template_folder.ts";
import { twinProgram } from "../lib/twin/twin.ts";
import { defaultTemplate } from "./evidence/default_template.ts";
import { keepRuns, pagePath, readRuns } from "./evidence/files.ts";
import { evidencePage } from "./evidence/page.ts";

await runStep({
  name: "prove",
  brief: "Compares evolution with chance as it was fixed beforehand, and writes docs/evidence.md.",
  description: "Takes about a quarter of an hour on two cores. What is killed before its end has changed nothing.",
  creates: true,
  ownRuns: true,
  workers: true,
  long: true,
  flags: {
    page: {
      kind: "boolean",
      brief: "Run nothing: write the page anew from the raw results that there are.",
      default: false,
      withNegated: false,
    },
  },
  run: async ({ page }, step) => {
    if (!page) keepRuns(defaultTemplate.name, await allRuns(step));
    const runs = readRuns(defaultTemplate.name);
    Deno.writeTextFileSync(pagePath, evidencePage(runs));
    return { updates: page ? 1 : 2, runs: runs.length };
  },
});

async function allRuns(step: StepContext): Promise<ComparedRun[]> {
  const { seeds } = defaultTemplate;
  const template = `${projectRoot}/${defaultTemplate.template}`;
  const program = await twinProgram(template, step);
  const { chosen } = await armsOf(program, template, defaultTemplate.arms);
  const runs: ComparedRun[] = [];
  const plan = { ...defaultTemplate, active: initDefaults.active, config: defaultConfig, arms: chosen };
  for await (const run of comparedRuns(program, plan, step)) {
    runs.push(run);
    step.emit({ type: "compare.run", id: null, ok: true, ...run });
    step.progress(runs.length, chosen.length * seeds);
  }
  return runs;
}
