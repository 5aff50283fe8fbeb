/**
 * The copy of an artifact in its agent's folder, for a person to look at.
 *
 * @module
 */

import type { Listing } from "../../db/listing.ts";
import { genomeBytes } from "../../agents/genomes.ts";
import { fromBytes } from "../../runtime/genome_bytes.ts";
import type { Genome } from "../../runtime/genome_schema.ts";
import type { Cutter } from "../../toolchain/kit.ts";
import { distFile } from "../../run/layout.ts";
import { infoOf, overwriteFileSync, removeFile } from "../../util/files.ts";
import { isOfOnePath } from "../../util/system_error.ts";

/**
 * Writes the copy, or removes it where there is no artifact any more. A folder that is missing, or is a link, is left
 * alone: `scan` tells of it.
 *
 * Needs read and write permission for the agent's folder.
 *
 * @param folder The agent's folder.
 * @param program The artifact; absent: none.
 * @returns Whether a copy was written.
 */
export function writeDist(folder: string, program: string | undefined): boolean {
  const path = `${folder}/${distFile}`;
  const dist = path.slice(0, path.lastIndexOf("/"));
  if (!infoOf(folder)?.isDirectory) return false;
  try {
    const isThere = infoOf(dist)?.isDirectory ?? false;
    if (program === undefined) {
      if (isThere) removeFile(path);
      return false;
    }
    if (!isThere) Deno.mkdirSync(dist);
    overwriteFileSync(path, new TextEncoder().encode(program));
    return true;
  } catch (error) {
    // It is for people to look at: what is in its way is for `scan` and `doctor` to tell of.
    if (!isOfOnePath(error)) throw error;
    return false;
  }
}

/** An agent, as far as its copy is concerned. */
interface DistRow {
  readonly id: string;
  /** The genome that it was built from. */
  readonly genomeHash: string;
  readonly buildHash: string;
}

// An agent that has changed itself since it was built is still built as what it was then.
const built =
  `SELECT id, coalesce(substr(built_from, 1, 64), genome_hash) AS genomeHash, build_hash AS buildHash FROM agents
  WHERE status <> 'dead' AND stage IN ('newborn', 'adult') AND build_hash IS NOT NULL ORDER BY ordinal`;

/**
 * Writes copies of artifacts into their agents' folders, for people to look at and to take with them.
 *
 * Needs read and write permission for the agents' folders.
 *
 * @param ids Only these agents; absent: all.
 * @returns How many were written.
 */
export async function writeDists(listing: Listing, agents: string, cutter: Cutter, ids?: ReadonlySet<string>) {
  let written = 0;
  for (const row of listing.all<DistRow>(built)) {
    const { id, buildHash } = row;
    if (ids && !ids.has(id)) continue;
    const bytes = await genomeBytes(listing, agents, row);
    const cut = bytes && await cutter.cut(fromBytes(bytes) as Genome);
    // Of another pool or runtime there is nothing to cut it from.
    const isCurrent = cut?.buildHash === buildHash;
    if (writeDist(`${agents}/${id}`, isCurrent ? cut.program : undefined)) written++;
  }
  return written;
}
