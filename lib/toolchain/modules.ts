/**
 * The modules of the run's template copy, proven to be those that were audited.
 *
 * @module
 */

import { worldHashOf } from "../template/code_hash.ts";
import { sha256 } from "../util/hash.ts";
import { worldFile } from "../run/layout.ts";
import type { Pool } from "../genome/pool.ts";
import { poolLimits } from "../runtime/names.ts";
import { StepFailed } from "../util/issue.ts";
import { blankComments } from "../source/blank.ts";
import { type ParsedSource, parseSource } from "../source/parse.ts";
import { tokenHash } from "../source/tokens.ts";
import { readTextLimited } from "../util/files.ts";
import { UnfitFile } from "../util/system_error.ts";

/**
 * Reads a pool's modules, `world.ts` among them.
 *
 * Their comments are blank: nothing that a file says in comments comes to a tool, which might obey it.
 *
 * Needs read permission for the folder.
 *
 * @param folder The pool's copy within the run, or the template that it was read from.
 * @returns Their texts by path, each as long as its file.
 * @throws {StepFailed} If a module is missing or is not the one that was audited.
 */
export async function readModules(folder: string, pool: Pool): Promise<Map<string, string>> {
  const modules = new Map<string, string>();
  for (const { path, hash } of pool.files) {
    const text = await readModule(folder, path);
    if (await sha256(text) !== hash) throw damaged(`${folder}/${path}`);
    modules.set(path, blankComments(parsed(folder, path, text)));
  }
  const world = parsed(folder, worldFile, await readModule(folder, worldFile));
  if (await worldHashOf(await tokenHash(world), pool.data) !== pool.worldHash) throw damaged(`${folder}/${worldFile}`);
  return modules.set(worldFile, blankComments(world));
}

function parsed(folder: string, path: string, text: string): ParsedSource {
  const source = parseSource(path, text);
  if (!source.ok) throw damaged(`${folder}/${path}`);
  return source.value;
}

async function readModule(folder: string, path: string): Promise<string> {
  try {
    return await readTextLimited(`${folder}/${path}`, poolLimits.source);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof UnfitFile) throw damaged(`${folder}/${path}`, error);
    throw error;
  }
}

function damaged(path: string, cause?: unknown): StepFailed {
  return new StepFailed({
    code: "template.damaged",
    message:
      "Cannot build as the run's copy of its template must be the one that was audited; restore it from a backup.",
    path,
  }, { cause });
}
