/**
 * Writes agents' files from the listing, after a transaction has decided them.
 *
 * @module
 */

import { genomeFile, logFiles } from "../../run/layout.ts";
import type { Listing } from "../../db/listing.ts";
import { overwriteFileSync, removeFile, writeFileAtomicSync } from "../../util/files.ts";
import { isOfOnePath } from "../../util/system_error.ts";
import { agentLog } from "./agent_log.ts";
import { readInbox } from "../../db/inbox.ts";
import { memoryHash } from "../../db/memories.ts";
import { forgetPendingFile, pendingFiles } from "../../db/pending_files.ts";

/** A file that could not be written. */
export interface Unwritable {
  readonly id: string;
  readonly file: string;
  readonly message: string;
}

/** Files that were written, and which agents they belong to. */
export interface Written {
  readonly files: readonly { readonly agent: string; readonly file: string }[];
  readonly failed: readonly Unwritable[];
}

/**
 * Writes all files that the listing is ahead of, a genome beside its place and then renamed, the others over what lies
 * there; no link is followed.
 *
 * What a kill left unwritten, or written in part, is written by the next call, so it is called before and after the work
 * of a step. What was written is forgotten only by {@linkcode forgetWritten}, in the next transaction: to write it twice
 * does no harm.
 *
 * Needs read and write permission for the agents' folders.
 *
 * @param agents The folder of all agents.
 * @returns What was written, and what could not be as an agent's folder is none.
 */
export function writeFiles(listing: Listing, agents: string): Written {
  const marked = pendingFiles(listing);
  const files: { agent: string; file: string }[] = [];
  const failed: Unwritable[] = [];
  for (const { agent, file } of marked) {
    try {
      writeOne(listing, `${agents}/${agent}`, agent, file);
      files.push({ agent, file });
    } catch (error) {
      // What is wrong with one folder is for `scan` to find. On a full disk the step fails, and what is marked is written later.
      if (!(error instanceof FolderError || isOfOnePath(error))) throw error;
      // A folder that is gone is made again as a whole. In any other what is marked stays so: what lies there is outdated.
      if (error instanceof Deno.errors.NotFound || error instanceof FolderError) files.push({ agent, file });
      if (isNews(listing, `${agent}/${file}`)) failed.push({ id: agent, file, message: error.message });
    }
  }
  return { files, failed };
}

const encoder = new TextEncoder();

const toldOf = new WeakMap<Listing, Set<string>>();

/** Whether it was not said yet in this step that this file can't be written. */
function isNews(listing: Listing, path: string): boolean {
  const told = toldOf.get(listing) ?? new Set();
  toldOf.set(listing, told);
  if (told.has(path)) return false;
  told.add(path);
  return true;
}

/** Forgets that files were to be written; call it inside a transaction. */
export function forgetWritten(listing: Listing, { files }: Written): void {
  for (const { agent, file } of files) forgetPendingFile(listing, agent, file);
}

/** The agent's folder is no folder, or the listing has no content for it. */
class FolderError extends Error {
  override name = "FolderError";
}

function writeOne(listing: Listing, folder: string, agent: string, file: string): void {
  if (!Deno.lstatSync(folder).isDirectory) throw new FolderError(`${folder} is no folder`);
  if (file === logFiles[0]) return writeLog(listing, folder, agent);
  const content = contentOf(listing, agent, file);
  const path = `${folder}/${file}`;
  if (content === undefined) removeFile(path);
  // A genome is what `scan` takes an agent's word for: after a power failure it must be the old one or the new one, whole.
  else if (file === genomeFile) writeFileAtomicSync(path, content);
  else overwriteFileSync(path, content);
}

function contentOf(listing: Listing, agent: string, file: string): Uint8Array | undefined {
  if (file === genomeFile) {
    const { hash } = listing.get<{ hash: string }>("SELECT genome_hash AS hash FROM agents WHERE id = ?", agent)!;
    const bytes = listing.blob(hash);
    if (!bytes) throw new FolderError("the listing has lost its bytes");
    return bytes;
  }
  if (file === "memory.json") {
    const hash = memoryHash(listing, agent);
    return hash === undefined ? undefined : listing.blob(hash);
  }
  const { text } = readInbox(listing, agent);
  return text === "" ? undefined : encoder.encode(text);
}

/** The oldest part first: a kill in between leaves lines twice, until they are written again, and loses none. */
function writeLog(listing: Listing, folder: string, agent: string): void {
  const parts = agentLog(listing, agent);
  for (let i = parts.length - 1; i >= 0; i--) writeFileAtomicSync(`${folder}/${logFiles[i]}`, parts[i]!);
}
