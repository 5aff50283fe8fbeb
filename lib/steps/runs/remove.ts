/**
 * Removes a run.
 *
 * @module
 */

import { hasResidents } from "../../isolation/residents/any.ts";
import { type Holder, RunLock } from "../../run/lock.ts";
import { isRunName, projectRoot, type RunPaths, runPaths } from "../../run/paths.ts";
import type { Counts, StepContext } from "../../step/context.ts";
import { withRun } from "../../step/hint.ts";
import { infoOf } from "../../util/files.ts";
import { Misuse, StepFailed } from "../../util/issue.ts";
import { nearest } from "../../util/nearest.ts";

/** Where runs with a name lie. */
export const runsFolder = `${projectRoot}/runs`;

/** What a run is called while it is removed: no run can have such a name. */
const removed = ".removed-";

/**
 * Removes a run with all in its folder, unless it is in use: it loses its name at once, under its lock, and what was killed
 * meanwhile is finished by {@linkcode finishRemovals}. Links are removed, not what they lead to.
 *
 * Needs read and write permission for the folder of runs.
 *
 * @throws {Misuse} If there is no such run.
 * @throws {StepFailed} If a step holds its lock, or it has residents.
 */
export async function removeRun(step: StepContext, name: string): Promise<Counts> {
  const paths = runPaths(name);
  const info = infoOf(paths.root);
  const isRun = info && (info.isSymlink || isFolder(paths.workspace));
  if (!isRun) throw noRun(name, info !== undefined);
  const left = linksOf(paths);
  {
    using _lock = await lockOf(paths, step);
    if (isFolder(paths.residents) && hasResidents(paths.residents)) throw inUse(name, "residents of it may be up");
    Deno.renameSync(paths.root, `${runsFolder}/${removed}${name}-${crypto.randomUUID()}`);
  }
  await sweep();
  for (const path of left) step.say(`${path} was a link; what it led to is still there.`);
  step.emit({ type: "run.removed", id: null, ok: true, run: name, left });
  return { updates: 1 };
}

/** Goes on with removals that were killed half-way. @returns How many runs that were. */
export async function finishRemovals(): Promise<number> {
  return await sweep();
}

async function sweep(): Promise<number> {
  const found = namesInRuns().filter((name) => name.startsWith(removed));
  for (const name of found) {
    try {
      await Deno.remove(`${runsFolder}/${name}`, { recursive: true });
    } catch (error) {
      // Another call is removing it, too.
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    }
  }
  return found.length;
}

function namesInRuns(): string[] {
  if (!isFolder(runsFolder)) return [];
  return [...Deno.readDirSync(runsFolder)].map(({ name }) => name);
}

/** The lock, or nothing where there is no folder for it, as a link leads nowhere. */
async function lockOf(paths: RunPaths, { name, signal }: StepContext): Promise<RunLock | undefined> {
  if (!isFolder(paths.workspace)) return undefined;
  const onWait = (holder: Holder | undefined) => {
    throw inUse(
      paths.name!,
      holder ? `${holder.step} (process ${holder.pid}) is at work on it` : "a step is at work on it",
    );
  };
  return await RunLock.take(paths, { step: name, chain: false, signal, onWait });
}

/** What of a run is a link: the whole, or some of its folders. */
function linksOf({ root, agents, logs, workspace }: RunPaths): string[] {
  const isLink = (path: string) => infoOf(path)?.isSymlink === true;
  return isLink(root) ? [root] : [agents, logs, workspace].filter(isLink);
}

function inUse(run: string, why: string): StepFailed {
  const message = withRun(`Cannot remove the run ${run} as ${why}; run \`deno task stop\` first.`, run);
  return new StepFailed({ code: "runs.busy", message, path: `runs/${run}` });
}

function noRun(name: string, isThere: boolean): Misuse {
  const near = nearest(name, namesInRuns().filter((one) => isRunName(one) && one !== name));
  const why = isThere
    ? `runs/${name} must be a run's folder: there is no workspace in it`
    : "there is no run of this name";
  const hint = near === undefined ? "`deno task runs` lists all" : `the nearest one is ${near}`;
  return new Misuse({ code: "runs.unknown", message: `Cannot remove the run ${name} as ${why}; ${hint}.` });
}

/** Whether there is a folder, or a link to one; what can't be looked at, as a link to itself, is none. */
export function isFolder(path: string): boolean {
  try {
    return infoOf(path, { follow: true })?.isDirectory ?? false;
  } catch {
    return false;
  }
}
