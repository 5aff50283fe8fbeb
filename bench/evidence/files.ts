/**
 * Raw results and the page that is written from them.
 *
 * @module
 */

import type { ComparedRun } from "../../lib/records/compare.ts";
import { projectRoot } from "../../lib/run/paths.ts";
import { infoOf, writeFileAtomicSync } from "../../lib/util/files.ts";
import type { AblationRecord } from "./ablation_page.ts";
import type { SelectionRun } from "./selection.ts";
import type { TheoryRun } from "./theory.ts";

const folder = `${projectRoot}/docs/evidence`;

/** Name of the raw results of the problems of which theory knows the answer. */
export const theoryName = "theory";

/** Name of the raw results of populations without variation. */
export const selectionName = "selection";

/** Name of what an ablation of a winner came to. */
export const ablationName = "tsp-ablation";

/** The page. */
export const pagePath = `${projectRoot}/docs/evidence.md`;

/** The raw results of a comparison by its name, none where it was not run. Needs read permission for `docs/evidence`. */
export function readRuns<R extends ComparedRun = ComparedRun>(name: string): R[] {
  return readLines(name) as R[];
}

/** The raw results of the problems of which theory knows the answer. Needs read permission for `docs/evidence`. */
export function readTheory(): TheoryRun[] {
  return readLines(theoryName) as TheoryRun[];
}

/** The raw results of populations without variation. Needs read permission for `docs/evidence`. */
export function readSelection(): SelectionRun[] {
  return readLines(selectionName) as SelectionRun[];
}

/** What an ablation of a winner came to, nothing where it was not run. Needs read permission for `docs/evidence`. */
export function readAblation(): AblationRecord[] {
  return readLines(ablationName) as AblationRecord[];
}

function readLines(name: string): unknown[] {
  const path = `${folder}/${name}.ndjson`;
  const lines = infoOf(path) === undefined ? [] : Deno.readTextFileSync(path).split("\n");
  return lines.filter((line) => line !== "").map((line) => JSON.parse(line));
}

/** Where runs stand until all of them are there. */
export function unfinishedPath(name: string): string {
  return `${folder}/${name}.unfinished`;
}

/** Keeps raw results, a line for each run, in place of those that there are. Needs write permission for `docs/evidence`. */
export function keepRuns(name: string, runs: readonly (ComparedRun | SelectionRun | TheoryRun)[]): void {
  Deno.mkdirSync(folder, { recursive: true });
  writeFileAtomicSync(`${folder}/${name}.ndjson`, runs.map((run) => `${JSON.stringify(run)}\n`).join(""));
}
