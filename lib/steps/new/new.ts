/**
 * Writes a template to begin with.
 *
 * @module
 */

import { basename, dirname } from "node:path";
import { isRunName } from "../../run/paths.ts";
import type { Counts, StepContext } from "../../step/context.ts";
import { withRun } from "../../step/hint.ts";
import { contractCopy, contractCopyIn, contractText } from "../../template/contract_copy.ts";
import { infoOf, removeFolder, writeFileAtomic } from "../../util/files.ts";
import { Misuse } from "../../util/issue.ts";
import { typed } from "../../util/text.ts";
import { starterFiles } from "./starter_files.ts";

/**
 * Writes a template that runs as it is, where nothing is yet: beside its place, and then renamed, so that a kill leaves
 * nothing in its place.
 *
 * Needs read permission for `examples/starter` and `lib/runtime`, and read and write permission for the folder above.
 *
 * @throws {Misuse} If there is not one path, or something is there, or nothing can be made there.
 */
export async function newTemplate(step: StepContext): Promise<Counts> {
  const folder = theFolder(step.args);
  const files = await starterFiles();
  const beside = `${dirname(folder)}/.tmp-new-${crypto.randomUUID()}`;
  let isMade = false;
  try {
    demandNothing(folder);
    await Deno.mkdir(dirname(folder), { recursive: true });
    await Deno.mkdir(beside);
    isMade = true;
    for (const [path, bytes] of files) {
      await Deno.mkdir(dirname(`${beside}/${path}`), { recursive: true });
      await Deno.writeFile(`${beside}/${path}`, bytes, { createNew: true });
    }
    demandNothing(folder);
    await Deno.rename(beside, folder);
  } catch (error) {
    throw placeError(folder, error);
  } finally {
    if (isMade) removeFolder(beside);
  }
  step.emit({ type: "template.written", id: null, ok: true, folder, files: files.map(([path]) => path) });
  const hint = `the template is in ${folder}; try it by \`deno task start --template ${typed(folder)}\`.`;
  step.say(withRun(hint, isRunName(basename(folder)) ? basename(folder) : "try"));
  return { updates: 1, files: files.length };
}

/**
 * Writes the contract's types into the folder of a template that is there, in place of an earlier copy.
 *
 * Needs read permission for `lib/runtime`, and read and write permission for the folder.
 *
 * @throws {Misuse} If there is not one path, or no template there, or another file has the copy's name.
 */
export async function renewContract(step: StepContext): Promise<Counts> {
  const folder = theFolder(step.args);
  const path = `${folder}/${contractCopy}`;
  try {
    if (!infoOf(`${folder}/world.ts`, { follow: true })?.isFile) throw noTemplate(folder);
    const copy = await contractCopyIn(folder);
    if (copy === undefined && infoOf(path)) throw taken(path);
    if (copy !== "present") await writeFileAtomic(path, await contractText());
    step.emit({
      type: "template.written",
      id: null,
      ok: true,
      folder,
      files: copy === "present" ? [] : [contractCopy],
    });
    step.say(copy === "present" ? `${path} is of this contract already.` : `the contract is in ${path}.`);
    return { updates: copy === "present" ? 0 : 1 };
  } catch (error) {
    throw placeError(folder, error);
  }
}

function theFolder([folder, ...others]: readonly string[]): string {
  if (others.length === 0) return folder!;
  throw new Misuse({ code: "arguments", message: `Cannot take ${others.length + 1} names as it must be one.` });
}

function demandNothing(folder: string): void {
  if (infoOf(folder)) throw taken(folder);
}

function taken(path: string): Misuse {
  return new Misuse({
    code: "new.exists",
    message: `Cannot write ${path} as nothing must be there yet; take another name, or move away what is there.`,
    path,
  });
}

function noTemplate(folder: string): Misuse {
  return new Misuse({
    code: "new.template",
    message: `Cannot write the contract into ${folder} as it must be a template's folder: there is no world.ts in it.`,
    path: folder,
  });
}

/** What keeps a template from being made there, if it is that place. */
function placeError(folder: string, error: unknown): unknown {
  if (error instanceof Misuse) return error;
  const why = error instanceof Deno.errors.NotCapable
    ? "that place belongs to the project or the system"
    : error instanceof Deno.errors.NotADirectory || error instanceof Deno.errors.AlreadyExists
    ? "a part of the path is a file"
    : error instanceof Deno.errors.PermissionDenied
    ? "you may not write there"
    : /os error 36/.test((error as Error).message)
    ? "its name is too long"
    : undefined;
  if (why === undefined) return error;
  return new Misuse(
    { code: "new.place", message: `Cannot write to ${folder} as ${why}; take another place.`, path: folder },
    { cause: error },
  );
}
