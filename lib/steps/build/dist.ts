/**
 * The copy of an artifact in its agent's folder, for a person to look at.
 *
 * @module
 */

import type { Listing } from "../../db/listing.ts";
import { fromBytes } from "../../runtime/genome_bytes.ts";
import type { Genome } from "../../runtime/genome_schema.ts";
import type { Cutter } from "../../toolchain/kit.ts";
import { distFile } from "../../run/layout.ts";
import { infoOf, overwriteFileSync } from "../../util/files.ts";
import { isOfOnePath } from "../../util/system_error.ts";

/**
 * Writes the copy, or removes it where there is no artifact any more. A folder that is missing, or is a link, is left
 * alone: `scan` tells of it.
 *
 * Needs read and write permission for the agent's folder.
 *
 * @param folder The agent's folder.
 * @param program The artifact; absent: none.
 */
export function writeDist(folder: string, program: string | undefined): void {
  const path = `${folder}/${distFile}`;
  const dist = path.slice(0, path.lastIndexOf("/"));
  if (!infoOf(folder)?.isDirectory) return;
  try {
    if (program === undefined) return infoOf(path) && Deno.removeSync(path);
    if (!infoOf(dist)?.isDirectory) Deno.mkdirSync(dist);
    overwriteFileSync(path, new TextEncoder().encode(program));
  } catch (error) {
    // It is for people to look at: what is in its way is for `scan` and `doctor` to tell of.
    if (!isOfOnePath(error)) throw error;
  }
}

/** An agent, as far as its copy is concerned. */
interface DistRow {
  readonly id: string;
  readonly genomeHash: string;
  readonly buildHash: string;
}

const built = `SELECT id, genome_hash AS genomeHash, build_hash AS buildHash FROM agents
  WHERE status <> 'dead' AND state IN ('unborn', 'grown') AND build_hash IS NOT NULL ORDER BY ordinal`;

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
  for (const { id, genomeHash, buildHash } of listing.all<DistRow>(built)) {
    if (ids && !ids.has(id)) continue;
    const bytes = listing.blob(genomeHash);
    const cut = bytes && await cutter.cut(fromBytes(bytes) as Genome);
    // What is not built as it is now has no artifact.
    const isCurrent = cut?.buildHash === buildHash;
    writeDist(`${agents}/${id}`, isCurrent ? cut.program : undefined);
    if (isCurrent) written++;
  }
  return written;
}
