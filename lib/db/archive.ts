/**
 * The archive: what the last selection kept besides the population. Genomes that it names are kept, and what their artifacts
 * are known by, also when their agents are dead.
 *
 * @module
 */

import { forgetUnnamed } from "./compaction.ts";
import type { Listing } from "./listing.ts";

/** An entry of the archive. */
export interface ArchiveEntry {
  /** The agent that earned its results. */
  readonly agent: string;
  readonly genomeHash: string;
  readonly codeHash: string;
  /** What the genome reaches of the pool; null where that is not known. */
  readonly reach: string | null;
  readonly buildHash: string;
  /** JSON: what the next selection is given of it. */
  readonly candidate: string;
}

/** What the last selection kept, in its order. */
export function readArchive(listing: Listing): ArchiveEntry[] {
  return listing.all<ArchiveEntry>(
    `SELECT agent, genome_hash AS genomeHash, code_hash AS codeHash, reach, build_hash AS buildHash, candidate
      FROM archive ORDER BY position`,
  );
}

/** Keeps what a selection keeps, in the place of what the last one kept; call it inside a transaction. */
export function writeArchive(listing: Listing, entries: readonly ArchiveEntry[]): void {
  const former = readArchive(listing);
  listing.run("DELETE FROM archive");
  entries.forEach(({ agent, genomeHash, codeHash, reach, buildHash, candidate }, position) =>
    listing.run(
      "INSERT INTO archive VALUES (?, ?, ?, ?, ?, ?, ?)",
      position,
      agent,
      genomeHash,
      codeHash,
      reach,
      buildHash,
      candidate,
    )
  );
  const kept = new Set(entries.map(({ genomeHash }) => genomeHash));
  forgetUnnamed(listing, former.filter(({ genomeHash }) => !kept.has(genomeHash)));
}

/** Forgets an entry of the archive whose genome is lost. */
export function forgetArchived(listing: Listing, agent: string, genomeHash: string): void {
  listing.run("DELETE FROM archive WHERE agent = ? AND genome_hash = ?", agent, genomeHash);
}
