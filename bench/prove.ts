/**
 * Shows that evolution does what theory says, does better than chance, and by how much: runs what was fixed beforehand, keeps
 * the raw results and writes the page of them.
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
import { Misuse } from "../lib/util/issue.ts";
import { twinProgram } from "../lib/twin/twin.ts";
import { defaultTemplate } from "./evidence/default_template.ts";
import {
  keepRuns,
  pagePath,
  readAblation,
  readRuns,
  readSelection,
  readTheory,
  selectionName,
  theoryName,
} from "./evidence/files.ts";
import { evidencePage } from "./evidence/page.ts";
import { problems } from "./evidence/problems.ts";
import { type SelectionRun, selectionRuns } from "./evidence/selection.ts";
import { selectionProblems } from "./evidence/selection_problems.ts";
import { peers, tsp, type TspRun } from "./evidence/tsp.ts";
import { peerRuns, tspRuns } from "./evidence/tsp_runs.ts";
import { bitsProgram, type TheoryRun, theoryRuns } from "./evidence/theory.ts";

await runStep({
  name: "prove",
  brief: "Compares evolution with theory and with chance as it was fixed beforehand, and writes docs/evidence.md.",
  description: "Takes about an hour on two cores. What is killed before the end of a part has changed nothing of that.",
  creates: true,
  ownRuns: true,
  workers: true,
  long: true,
  flags: {
    only: {
      kind: "enum",
      values: ["theory", "selection", "default-template", "tsp", "peers"],
      brief: "Run this part alone.",
      optional: true,
    },
    page: {
      kind: "boolean",
      brief: "Run nothing: write the page anew from the raw results that there are.",
      default: false,
      withNegated: false,
    },
  },
  run: async ({ page, only }, step) => {
    if (page && only) throw clash();
    const isAsked = (part: typeof only) => !page && (only === undefined || only === part);
    if (isAsked("theory")) keepRuns(theoryName, await theory(step));
    if (isAsked("selection")) keepRuns(selectionName, await selection(step));
    if (isAsked("default-template")) keepRuns(defaultTemplate.name, await allRuns(step));
    if (isAsked("tsp")) await tspRuns(step);
    if (isAsked("peers")) await peerRuns(step);
    const ofTsp = [readRuns<TspRun>(tsp.name), readRuns<TspRun>(peers.name)] as const;
    const parts = [readTheory(), readSelection(), readRuns(defaultTemplate.name), ...ofTsp, readAblation()] as const;
    Deno.writeTextFileSync(pagePath, evidencePage(...parts));
    return { updates: 1, runs: parts.flat().length };
  },
});

function clash(): Misuse {
  return new Misuse({ code: "arguments", message: "Cannot use --page with --only as it runs nothing." });
}

async function theory(step: StepContext): Promise<TheoryRun[]> {
  return await collected(step, problems, theoryRuns(await bitsProgram(), problems, ({ runs }) => runs, step));
}

async function selection(step: StepContext): Promise<SelectionRun[]> {
  const program = await bitsProgram();
  return await collected(step, selectionProblems, selectionRuns(program, selectionProblems, ({ runs }) => runs, step));
}

/** All runs of problems, with the progress of them. */
async function collected<T>(
  step: StepContext,
  problems: readonly { readonly runs: number }[],
  runs: AsyncIterable<T>,
): Promise<T[]> {
  const total = problems.reduce((sum, { runs }) => sum + runs, 0);
  const all: T[] = [];
  for await (const run of runs) {
    all.push(run);
    step.progress(all.length, total);
  }
  return all;
}

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
