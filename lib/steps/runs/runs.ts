/**
 * Lists the runs of the project.
 *
 * @module
 */

import { bestOfLiving } from "../../db/estimates.ts";
import { Listing } from "../../db/listing.ts";
import { besideScore, objectiveValue, scoreName } from "../../records/objective.ts";
import type { RunListed } from "../../records/run.ts";
import { holderOf, lockFiles } from "../../run/lock.ts";
import { isRunName, projectRoot, type RunPaths, runPaths } from "../../run/paths.ts";
import type { Counts, StepContext } from "../../step/context.ts";
import { issueOf } from "../../step/failure.ts";
import { shownIssue } from "../../step/hint.ts";
import { show } from "../../tables/show.ts";
import { shownWorld } from "../../template/template.ts";
import { bytesText, diskUse } from "../../util/disk_use.ts";
import { infoOf, isFile } from "../../util/files.ts";
import { isFolder, runsFolder } from "./remove.ts";

/**
 * Emits one `run.listed` for each run: first that at the top of the project, if there is one, then those with a name in
 * the order of their names. A run that can't be read is told with its issue, and keeps no other from being listed.
 *
 * Takes no lock. Needs read permission for the runs, without keys.
 */
export function listRuns(step: StepContext): Counts {
  const counts = { runs: 0, unread: 0 };
  for (const name of runNames()) {
    if (step.signal.aborted) break;
    const run = listed(runPaths(name));
    counts.runs++;
    if (!run.ok) counts.unread++;
    step.emit({ type: "run.listed", id: null, ...run, ...(step.format === "table" && cells(run)) });
  }
  if (counts.runs === 0) step.say("there is no run yet; `deno task start` begins one.");
  return { updates: 0, ...counts };
}

/** Names of all runs; undefined for the one at the top. */
function runNames(): (string | undefined)[] {
  const isRun = (name: string) =>
    isRunName(name) && (isFolder(runPaths(name).workspace) || infoOf(runPaths(name).root)?.isSymlink === true);
  const named = isFolder(runsFolder) ? [...Deno.readDirSync(runsFolder)].map(({ name }) => name).filter(isRun) : [];
  return [...isFile(runPaths().listing) ? [undefined] : [], ...named.sort()];
}

const keys = `${projectRoot}/workspace/keys`;

type Run = Omit<RunListed, "type" | "id">;

const unknown = { template: null, cycles: null, size: null, best: null, score: null } as const;

function listed(paths: RunPaths): Run {
  const run = paths.name ?? null;
  const [bytes, holder] = [bytesOf(paths), stepAtWork(paths)];
  try {
    return { ok: true, run, ...read(paths), bytes, holder };
  } catch (error) {
    return { ok: false, run, ...unknown, bytes, holder, issue: shownIssue(issueOf(error), paths.name) };
  }
}

function read(paths: RunPaths) {
  using listing = Listing.open(paths.listing, { readOnly: true });
  listing.db.exec("BEGIN");
  try {
    const { cycles, size } = listing.get<{ cycles: number; size: number }>(
      `SELECT (SELECT coalesce(max(cycle), 0) FROM cycles WHERE state = 'closed') AS cycles,
        (SELECT count(*) FROM agents WHERE status <> 'dead') AS size`,
    )!;
    const [best] = bestOfLiving(listing);
    const score = best?.score ?? null;
    const beside = besideScore(score, shownWorld(paths, listing)?.objectives?.[0]);
    return { template: listing.meta("template") ?? null, cycles, size, best: best?.id ?? null, score, ...beside };
  } finally {
    listing.db.exec("COMMIT");
  }
}

function bytesOf({ agents, logs, workspace }: RunPaths): number {
  const folders = [agents, logs, workspace].filter(isFolder);
  return folders.reduce((sum, folder) => sum + diskUse(folder, keys), 0);
}

function stepAtWork(paths: RunPaths): string | null {
  const { run, step } = lockFiles(paths);
  try {
    const holder = holderOf(run) ?? holderOf(step);
    return holder === undefined ? null : holder === "unknown" ? "a step" : holder.step;
  } catch {
    return null;
  }
}

function cells({ run, score, objective, bytes }: Run) {
  const value = score === null ? null : show(objectiveValue(score, objective), "number");
  return { run: run ?? "(top)", value: value && `${scoreName(objective)} ${value}`, disk: bytesText(bytes) };
}
