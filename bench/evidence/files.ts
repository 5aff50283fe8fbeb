/**
 * Raw results and the page that is written from them.
 *
 * @module
 */

import type { ComparedRun } from "../../lib/records/compare.ts";
import { projectRoot } from "../../lib/run/paths.ts";
import { writeFileAtomicSync } from "../../lib/util/files.ts";

const folder = `${projectRoot}/docs/evidence`;

/** The page. */
export const pagePath = `${projectRoot}/docs/evidence.md`;

/** The raw results of this name. Needs read permission for `docs/evidence`. */
export function readRuns(name: string): ComparedRun[] {
  return Deno.readTextFileSync(`${folder}/${name}.ndjson`).trimEnd().split("\n").map((line) => JSON.parse(line));
}

/** Keeps raw results, a line for each run, in place of those that there are. Needs write permission for `docs/evidence`. */
export function keepRuns(name: string, runs: readonly ComparedRun[]): void {
  Deno.mkdirSync(folder, { recursive: true });
  writeFileAtomicSync(`${folder}/${name}.ndjson`, runs.map((run) => `${JSON.stringify(run)}\n`).join(""));
}
