/**
 * The modules of a pool, proven to be those that were audited.
 *
 * @module
 */

import { worldHashOf } from "../template/code_hash.ts";
import { sha256 } from "../util/hash.ts";
import { type CodeFile, viewFile, worldFile } from "../run/layout.ts";
import type { Pool } from "../genome/pool.ts";
import { StepFailed } from "../util/issue.ts";
import { blankComments } from "../source/blank.ts";
import { type ParsedSource, parseSource } from "../source/parse.ts";
import { tokenHash } from "../source/tokens.ts";

const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/**
 * A pool's modules, `world.ts` among them, and `view.ts` where there is one.
 *
 * Their comments are blank: nothing that a file says in comments comes to a tool, which might obey it.
 *
 * @param code The pool's files and its view, as they were read from the run's store or from the template.
 * @returns Their texts by path, each as long as its file.
 * @throws {StepFailed} If a module is missing or is not the one that was audited.
 */
export async function modulesOf(code: readonly CodeFile[], pool: Pool): Promise<Map<string, string>> {
  const bytes = new Map(code.map((file) => [file.path, file.bytes]));
  const modules = new Map<string, string>();
  for (const { path, hash } of pool.files) {
    const own = bytes.get(path);
    if (!own || await sha256(own) !== hash) throw damaged(path);
    modules.set(path, blankComments(parsed(path, own)));
  }
  if (pool.view) {
    const own = bytes.get(viewFile);
    if (!own || await sha256(own) !== pool.view.hash) throw damaged(viewFile);
    modules.set(viewFile, blankComments(parsed(viewFile, own)));
  }
  const own = bytes.get(worldFile);
  const world = own && parsed(worldFile, own);
  if (!world || await worldHashOf(await tokenHash(world), pool.data) !== pool.worldHash) throw damaged(worldFile);
  return modules.set(worldFile, blankComments(world));
}

function parsed(path: string, bytes: Uint8Array): ParsedSource {
  const source = parseSource(path, decoder.decode(bytes));
  if (!source.ok) throw damaged(path);
  return source.value;
}

function damaged(path: string): StepFailed {
  return new StepFailed({
    code: "template.damaged",
    message: `Cannot build as ${path} must be the file that was audited: it has changed meanwhile; run the step again.`,
    path,
  });
}
