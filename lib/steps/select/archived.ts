/**
 * What a strategy keeps from one selection to the next.
 *
 * @module
 */

import { type ArchiveEntry, readArchive, writeArchive } from "../../db/archive.ts";
import type { Listing } from "../../db/listing.ts";
import { keptCandidate } from "../../selection/kept.ts";
import type { Candidate } from "../../selection/strategy.ts";
import { presentPool } from "../../template/template.ts";

/** What the last selection kept, as far as its code is the run's. */
export function archived(listing: Listing): Candidate[] {
  const pool = presentPool(listing);
  return readArchive(listing).filter(({ codeHash }) => codeHash === pool).flatMap(candidatesOf);
}

/** What names it and its genome are the entry's own, whatever the text says. */
function candidatesOf({ agent, genomeHash, codeHash, buildHash, candidate }: ArchiveEntry): Candidate[] {
  const kept = keptCandidate(candidate);
  return kept ? [{ ...kept, id: `${agent}@${genomeHash}`, genome: genomeHash, code: codeHash, build: buildHash }] : [];
}

/** Keeps what a strategy keeps; call it inside the transaction of its plan. */
export function archive(listing: Listing, kept: readonly Candidate[]): void {
  const reached = new Map(
    readArchive(listing).map(({ agent, genomeHash, reach }) => [`${agent}@${genomeHash}`, reach]),
  );
  writeArchive(
    listing,
    kept.map((one) => ({
      agent: agentOf(one.id),
      genomeHash: one.genome,
      codeHash: one.code,
      reach: reached.get(one.id) ?? reachOf(listing, one),
      buildHash: one.build,
      candidate: JSON.stringify(one),
    })),
  );
}

/** The agent that a candidate is of: one in the archive names its genome as well. */
export function agentOf(id: string): string {
  return id.split("@")[0]!;
}

/** What a genome reached when its agent was judged with it. */
function reachOf(listing: Listing, { id, genome }: Candidate): string | null {
  const row = listing.get<{ reach: string | null }>(
    `SELECT reach FROM evaluations WHERE agent = ? AND genome_hash = ? AND kind = 'judged' AND reach IS NOT NULL
      ORDER BY cycle DESC LIMIT 1`,
    agentOf(id),
    genome,
  );
  return row?.reach ?? null;
}
