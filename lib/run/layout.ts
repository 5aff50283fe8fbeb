/**
 * What an agent's folder consists of. Other code there, and links, disable the agent; what else lies there is no step's to
 * read, and is ignored.
 *
 * @module
 */

import { generatedFiles } from "../runtime/names.ts";

/** The genome, in an agent's folder. */
export const genomeFile = "genome.bin";

/** The manifest, in an agent's folder: generated. */
export const manifestFile = "deno.json";

/** The world that the agent's code was made for, a copy of the template's. */
export const worldFile = "world.ts";

/** How the world is drawn: in a template alone, agents have none. */
export const viewFile = "view.ts";

/** The artifact, for a person to look at: what is run comes from the store. */
export const distFile = "dist/main.js";

/** What is made from genome and pool, and made again whenever it differs. */
export const wiringFiles: readonly string[] = [manifestFile, ...generatedFiles].sort();

/** The agent's log, and what was put aside of it, newest first. */
export const logFiles = ["log.ndjson", "log.1.ndjson", "log.2.ndjson", "log.3.ndjson"] as const;

/** Mail or mates that came last, as the listing had them. */
export const inboxFile = "inbox.ndjson";

/** Files that steps other than `init` write for the agent alone: its mail, its memory, its log. */
export const ownFiles = [inboxFile, "memory.json", ...logFiles] as const;

/** Folders within an agent's folder. */
export const subfolders = ["dist", "src"] as const;

/** What the names of files and folders begin with that are not finished yet. */
export const unfinished = ".tmp-";

/**
 * The folder, among those of the agents, of artifacts while something runs them: `supervise` may write there, and what a kill
 * leaves goes with what else is unfinished.
 */
export const artifactFolder: string = `${unfinished}artifacts`;

/** Whether a path within an agent's folder is that of code which the audit knows: a gene file or the world. */
export function isCode(path: string): boolean {
  return path === worldFile ||
    (path.startsWith("src/") && path.endsWith(".ts") && !isHidden(path) && !wiringFiles.includes(path));
}

/** Whether a name, or the last one of a path, begins with a dot: no gene's may, so nothing reads it. */
export function isHidden(path: string): boolean {
  return path[path.lastIndexOf("/") + 1] === ".";
}

/** Whether a file may lie in an agent's folder under this path, code included. */
export function belongs(path: string): boolean {
  return path === genomeFile || path === distFile || wiringFiles.includes(path) ||
    (ownFiles as readonly string[]).includes(path) || isCode(path);
}

/** Code in any language that something on the machine may load, and what tells how to. */
const codeLike = /\.(?:[cm]?[jt]sx?|jsonc?|wasm|node|so|sh)$/i;

/**
 * Whether something in an agent's folder, or in its `src/` or `dist/`, is what systems and editors leave behind: it is no
 * code, and no step reads it.
 */
export function isStray(path: string): boolean {
  return isHidden(path) || !(belongs(path) || codeLike.test(path) || (subfolders as readonly string[]).includes(path));
}

/** A file of the template: a gene file or the world. */
export interface CodeFile {
  /** Path within the template, such as `src/rl.ts`. */
  readonly path: string;
  readonly bytes: Uint8Array;
}
