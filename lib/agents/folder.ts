/**
 * Makes agents' folders.
 *
 * @module
 */

import { infoOf, removeFolder } from "../util/files.ts";
import { type CodeFile, genomeFile, manifestFile, subfolders, unfinished } from "../run/layout.ts";
import { codeStamp, wiringStamp } from "./walk.ts";

/** What a new agent's folder holds. */
export interface Contents {
  /** The bytes of `genome.bin`. */
  readonly genome: Uint8Array;
  /** Gene files and the world, from the run's template. */
  readonly code: readonly CodeFile[];
  /** Text of `deno.json`. */
  readonly manifest: string;
  /** Text of `src/mod.ts`; absent where the genome can't be wired. */
  readonly mod?: string;
  /** Text of `src/main.ts`, likewise. */
  readonly main?: string;
  /** Further files of the agent's own, such as its inbox, by name. */
  readonly own?: Readonly<Record<string, string | Uint8Array>>;
}

/** What the listing keeps of a folder that was just made. */
export interface Stamps {
  /** For `agents.stamp`. */
  readonly stamp: string;
  /** For `agents.wired_stamp`. */
  readonly wired: string;
}

/**
 * Makes an agent's folder: beside its place, then renamed, so that it is there whole or not at all.
 *
 * Needs read and write permission for `agents`. Nothing is flushed to the disk.
 *
 * @param agents The folder of all agents.
 * @param id The agent's id. A folder of that name must be one that a killed step left unlisted: it is replaced.
 */
export function createFolder(agents: string, id: string, contents: Contents): Stamps {
  const beside = `${agents}/${unfinished}${id}`;
  makeEmpty(beside);
  for (const name of subfolders) Deno.mkdirSync(`${beside}/${name}`);
  for (const [path, bytes] of filesOf(contents)) Deno.writeFileSync(`${beside}/${path}`, bytes, { createNew: true });
  // Renaming a folder changes no time of the files in it.
  const stamps = { stamp: codeStamp(beside, contents.code.map(({ path }) => path)), wired: wiringStamp(beside) };
  moveFolder(beside, `${agents}/${id}`);
  return stamps;
}

/** What a folder holds, as bytes by path. */
export function filesOf({ genome, code, manifest, mod, main, own }: Contents): Map<string, Uint8Array> {
  const bytes = (content: string | Uint8Array) => typeof content === "string" ? encoder.encode(content) : content;
  const files = new Map<string, Uint8Array>([[genomeFile, genome], [manifestFile, encoder.encode(manifest)]]);
  for (const { path, bytes } of code) files.set(path, bytes);
  if (mod !== undefined) files.set("src/mod.ts", encoder.encode(mod));
  if (main !== undefined) files.set("src/main.ts", encoder.encode(main));
  for (const [path, content] of Object.entries(own ?? {})) files.set(path, bytes(content));
  return files;
}

/** Gives a folder another name; what has that name already is removed. Needs read and write permission for both. */
export function moveFolder(from: string, to: string): void {
  try {
    Deno.renameSync(from, to);
  } catch (error) {
    if (!infoOf(to)) throw error;
    removeFolder(to);
    Deno.renameSync(from, to);
  }
}

function makeEmpty(path: string): void {
  try {
    Deno.mkdirSync(path);
  } catch (error) {
    if (!(error instanceof Deno.errors.AlreadyExists)) throw error;
    removeFolder(path);
    Deno.mkdirSync(path);
  }
}

const encoder = new TextEncoder();
