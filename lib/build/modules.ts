/**
 * The modules of the run's template copy, proven to be those that were audited.
 *
 * @module
 */

import { sha256 } from "../agents/hash.ts";
import { worldFile } from "../agents/layout.ts";
import type { Pool } from "../genome/pool.ts";
import { StepFailed } from "../issue.ts";

/**
 * Reads a pool's modules, `world.ts` among them.
 *
 * Needs read permission for the folder.
 *
 * @param folder The pool's copy within the run.
 * @param trusted The world's text as it was proven before: the same one is not parsed again.
 * @returns Their texts by path.
 * @throws {StepFailed} If a module is missing or is not the one that was audited.
 */
export async function readModules(folder: string, pool: Pool, trusted?: string): Promise<Map<string, string>> {
  const modules = new Map<string, string>();
  for (const { path, hash } of pool.files) {
    const text = await readModule(folder, path);
    if (await sha256(text) !== hash) throw damaged(`${folder}/${path}`);
    modules.set(path, text);
  }
  const world = await readModule(folder, worldFile);
  if (world !== trusted && await worldHashOf(world) !== pool.worldHash) throw damaged(`${folder}/${worldFile}`);
  return modules.set(worldFile, world);
}

async function worldHashOf(text: string): Promise<string | undefined> {
  // The parser takes longer to load than all the rest, so it is loaded once for each new world.
  const [{ parseSource }, { tokenHash }] = await Promise.all([
    import("../source/parse.ts"),
    import("../source/tokens.ts"),
  ]);
  const parsed = parseSource(worldFile, text);
  return parsed.ok ? await tokenHash(parsed.value) : undefined;
}

async function readModule(folder: string, path: string): Promise<string> {
  try {
    return await Deno.readTextFile(`${folder}/${path}`);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) throw damaged(`${folder}/${path}`, error);
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
