/**
 * Makes agents' folders.
 *
 * @module
 */

import { infoOf } from "../step/files.ts";
import { distFile, genomeFile, manifestFile, unfinished } from "./layout.ts";
import { codeStamp, wiringStamp } from "./walk.ts";

/** A file of the template: a gene file or the world. */
export interface CodeFile {
  /** Path within the template, such as `src/rl.ts`. */
  readonly path: string;
  readonly bytes: Uint8Array;
}

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
  Deno.mkdirSync(`${beside}/src`);
  Deno.mkdirSync(`${beside}/${distFile.slice(0, distFile.indexOf("/"))}`);
  write(`${beside}/${genomeFile}`, contents.genome);
  for (const { path, bytes } of contents.code) write(`${beside}/${path}`, bytes);
  write(`${beside}/${manifestFile}`, contents.manifest);
  if (contents.mod !== undefined) write(`${beside}/src/mod.ts`, contents.mod);
  if (contents.main !== undefined) write(`${beside}/src/main.ts`, contents.main);
  for (const [name, text] of Object.entries(contents.own ?? {})) write(`${beside}/${name}`, text);
  // Renaming a folder changes no time of the files in it.
  const stamps = { stamp: codeStamp(beside, contents.code.map(({ path }) => path)), wired: wiringStamp(beside) };
  moveIntoPlace(beside, `${agents}/${id}`);
  return stamps;
}

/** Removes a folder with all in it, links unfollowed; it need not be there. Needs write permission for it. */
export function removeFolder(path: string): void {
  try {
    Deno.removeSync(path, { recursive: true });
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
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

function moveIntoPlace(from: string, to: string): void {
  try {
    Deno.renameSync(from, to);
  } catch (error) {
    if (!infoOf(to)) throw error;
    removeFolder(to);
    Deno.renameSync(from, to);
  }
}

const encoder = new TextEncoder();

function write(path: string, content: Uint8Array | string): void {
  Deno.writeFileSync(path, typeof content === "string" ? encoder.encode(content) : content, { createNew: true });
}
