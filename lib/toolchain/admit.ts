/**
 * Whether all files of a pool check, bundle and load: what `init` demands before it takes a template.
 *
 * @module
 */

import type { KnownPools } from "../template/known_pools.ts";
import type { Pool } from "../genome/pool.ts";
import { poolOf } from "../template/read_pool.ts";
import { readTemplate, templateFile } from "../template/template_files.ts";
import type { CodeFile } from "../run/layout.ts";
import { type Issue, Misuse, StepFailed } from "../util/issue.ts";
import { infoOf } from "../util/files.ts";
import type { DataCost } from "../isolation/data.ts";
import { readData } from "../template/data_files.ts";
import { dataLine } from "../template/data_line.ts";
import { measureData } from "./data_cost.ts";
import { bundlePool, bundleView } from "./bundle.ts";
import { check } from "./check.ts";
import { type Layout, prepareLayout } from "./layout.ts";
import { tryLoading } from "./trial.ts";

/** The data of a template that was admitted. */
export interface AdmittedData {
  /** JSON in one line. */
  readonly line: string;
  /** What it costs a process to load it. */
  readonly cost: DataCost;
}

/**
 * Demands that all files of a template check, bundle and load, and its data, which is read and loaded first.
 *
 * Needs run permission for `/bin/sh`, read permission for the template and `lib/`, read and write permission for the
 * store; what it makes there is removed where the template is refused. To be called from the main thread.
 *
 * @param store The run's folder `workspace/store`, which need not exist.
 * @param folder The template.
 * @param pool What was read there.
 * @param runtime Hash of the runtime.
 * @returns What it costs a process to load its data; undefined where it has none.
 * @throws {Misuse} If a file does not; the message names it.
 * @throws {StepFailed} If a tool can't do its work.
 */
export async function admit(
  store: string,
  folder: string,
  pool: Pool,
  runtime: string,
  signal?: AbortSignal,
): Promise<AdmittedData | undefined> {
  const made = firstMissing(store);
  let layout: Layout | undefined;
  try {
    layout = await prepareLayout(store, await readTemplate(folder), pool, runtime);
    const line = pool.data && await dataLine(await readData(folder), folder, signal);
    const issue = await firstFault(layout, pool, signal);
    if (issue) throw new Misuse(inTemplate(issue, folder));
    return line === undefined ? undefined : { line, cost: await measureData(layout, line, signal) };
  } catch (error) {
    const left = made ?? layout?.folder;
    if (left !== undefined) await Deno.remove(left, { recursive: true }).catch(() => {});
    throw error;
  }
}

/** What is wrong with a pool, as it is said of the template that it is of. */
export function inTemplate({ findings, ...issue }: Issue, folder: string): Issue {
  const placed = (one: Issue): Issue => one.path === undefined ? one : { ...one, path: `${folder}/${one.path}` };
  return {
    ...placed(issue),
    message: `Cannot use the template: ${issue.message}`,
    ...(findings && { findings: findings.map(placed) }),
  };
}

/**
 * Demands that a pool that was admitted under another contract, audit or tools still passes under these.
 *
 * Needs what {@linkcode admit} needs.
 *
 * @param pools With the pool as the present one.
 * @throws {StepFailed} If it does not: no agent is to blame for that.
 */
export async function demandStillGood(
  store: string,
  pools: KnownPools,
  runtime: string,
  signal?: AbortSignal,
): Promise<void> {
  const { pool, present } = pools;
  const code = [...await pools.codeOf(present), ...await pools.viewOf(present)];
  const issue = await auditFault(code, signal) ??
    await firstFault(await prepareLayout(store, code, pool, runtime), pool, signal);
  if (!issue) return;
  throw new StepFailed({
    code: "pool.outdated",
    message:
      `Cannot build as the run's template, which was in order once, is not so for this version: ${issue.message} ` +
      "Change the template accordingly and run `deno task init` again, or go on with the version before.",
    path: issue.path,
  });
}

/** What the present audit finds in a pool that a former one has passed, but for what concerns engines alone. */
async function auditFault(code: readonly CodeFile[], signal: AbortSignal | undefined): Promise<Issue | undefined> {
  try {
    await poolOf(code.map(templateFile), "template", () => true, signal);
    return undefined;
  } catch (error) {
    if (error instanceof Misuse) return error.issue;
    throw error;
  }
}

async function firstFault(layout: Layout, pool: Pool, signal?: AbortSignal): Promise<Issue | undefined> {
  const types = check(layout, { signal });
  const bundle = bundlePool(layout, pool, signal);
  await Promise.allSettled([types, bundle]);
  const mistyped = (await types).firstIn(pool);
  if (mistyped) return mistyped;
  try {
    const { text, without } = await bundle;
    const [unbundled] = without.values();
    if (unbundled) return unbundled;
    const view = pool.view && await bundleView(layout, signal);
    if (view !== undefined && typeof view !== "string") return view;
    const [unloaded] = (await tryLoading(layout, pool, text, signal, undefined, view)).values();
    return unloaded;
  } catch (error) {
    if (error instanceof StepFailed && error.issue.code.startsWith("template.")) return error.issue;
    throw error;
  }
}

/** The uppermost folder that is not there yet, of a folder and those that it is in. */
function firstMissing(folder: string): string | undefined {
  let missing: string | undefined;
  for (let one = folder; one !== "" && !infoOf(one); one = one.slice(0, one.lastIndexOf("/"))) missing = one;
  return missing;
}
