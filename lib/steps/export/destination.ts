/**
 * The folder of an export: made beside its place and renamed, so that what bears the name is whole.
 *
 * @module
 */

import { infoOf } from "../../util/files.ts";
import { Misuse } from "../../util/issue.ts";
import { endings, type ExportFormat } from "./format.ts";
import { tablesOf } from "./tables.ts";

/** The file that says what an export is. */
export const manifestName = "export.json";

/** What is said of an export in its {@linkcode manifestName}, besides its files. */
export interface Manifest {
  readonly kind: "evolve-export";
  readonly version: 1;
  readonly format: ExportFormat;
  /** Name of the run, null for the one at the top of the project. */
  readonly run: string | null;
  readonly seed: string | null;
}

/** By which two exports are one that was made again. */
const identity = ["run", "seed", "format"] as const;

/** The name of a table's file. */
export function fileName(table: string, format: ExportFormat): string {
  return `${table}.${endings[format]}`;
}

/**
 * Makes a folder beside the place of an export, has it filled, and puts it there: in the place of nothing, of an empty folder
 * or of a former export of the same run in the same format.
 *
 * Killed before its end it leaves `FOLDER.tmp-PID`, and between its last two renames nothing at the place itself: then
 * the former export is `FOLDER.tmp-PID-former`. Needs read and write permission for the folder that it lies in.
 *
 * @param folder Absolute path.
 * @param manifest What is about to be written.
 * @param fill Writes into the folder that it is given.
 * @throws {Misuse} If something else is there, or the folder that it is to lie in is not.
 */
export async function replaceFolder<T>(
  folder: string,
  manifest: Manifest,
  fill: (beside: string) => Promise<T>,
): Promise<T> {
  const place = placeOf(folder);
  const isThere = demandReplaceable(place, manifest);
  const beside = `${place}.tmp-${Deno.pid}`;
  try {
    makeFolder(beside, folder);
    const filled = await fill(beside);
    // It may have changed meanwhile.
    demandReplaceable(place, manifest);
    const former = `${beside}-former`;
    if (isThere) Deno.renameSync(place, former);
    Deno.renameSync(beside, place);
    if (isThere) Deno.removeSync(former, { recursive: true });
    return filled;
  } catch (error) {
    await Deno.remove(beside, { recursive: true }).catch(() => {});
    throw error;
  }
}

/** Where it is to be: where a link leads, if there is one. */
function placeOf(folder: string): string {
  return infoOf(folder)?.isSymlink ? Deno.realPathSync(folder) : folder;
}

function makeFolder(path: string, asked: string): void {
  try {
    Deno.mkdirSync(path);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory)) throw error;
    throw refusal(
      "export.folder",
      asked,
      "as the folder that it is to lie in must be there: make it, or take another one",
      error,
    );
  }
}

/** @returns Whether there is a folder. */
function demandReplaceable(place: string, manifest: Manifest): boolean {
  const info = infoOf(place);
  if (!info) return false;
  if (!info.isDirectory) throw taken(place, "no folder");
  const names = [...Deno.readDirSync(place)].map(({ name }) => name);
  if (names.length === 0) return true;
  const former = manifestIn(place);
  if (!former) throw taken(place, names.sort().slice(0, 3).join(", "));
  const other = difference(former, manifest);
  if (other) throw taken(place, `an export whose ${other} is ${former[other]}`);
  const own = new Set([manifestName, ...tablesOf(manifest.format).map(({ name }) => fileName(name, manifest.format))]);
  const foreign = names.filter((name) => !own.has(name)).sort();
  if (foreign.length > 0) throw taken(place, foreign.slice(0, 3).join(", "));
  return true;
}

function manifestIn(place: string): Partial<Manifest> | undefined {
  try {
    return readManifest(Deno.readTextFileSync(`${place}/${manifestName}`));
  } catch {
    return undefined;
  }
}

/** What a {@linkcode manifestName} says; `undefined` where it is none. */
export function readManifest(text: string): Partial<Manifest> | undefined {
  try {
    const manifest = JSON.parse(text);
    return manifest?.kind === "evolve-export" ? manifest : undefined;
  } catch {
    return undefined;
  }
}

/** Whether an export may take the place of a former one. */
export function isSameExport(former: Partial<Manifest> | undefined, manifest: Manifest): boolean {
  return former !== undefined && difference(former, manifest) === undefined;
}

function difference(former: Partial<Manifest>, manifest: Manifest): typeof identity[number] | undefined {
  return identity.find((name) => former[name] !== manifest[name]);
}

function taken(place: string, found: string): Misuse {
  return refusal(
    "export.exists",
    place,
    `as there must be nothing, an empty folder, or an export of the same run in the same format: there is ${found}; ` +
      "give it another name",
  );
}

function refusal(code: string, path: string, why: string, cause?: unknown): Misuse {
  return new Misuse({ code, message: `Cannot export to ${path} ${why}.`, path }, { cause });
}
