/**
 * How an agent comes to another genome or other code: it decided so, or its files were edited; with the event
 * `agent.changed`, in its one shape.
 *
 * Call each inside the transaction that also holds what caused it.
 *
 * @module
 */

import type { Changed, ChangeTrigger } from "../../records/events.ts";
import { recordEvent } from "../events.ts";
import type { Listing } from "../listing.ts";
import { forgetMemory } from "../memories.ts";
import { markPending } from "../pending_files.ts";

/** What a scan found an agent's files to be. */
export interface ScannedFiles {
  readonly genome_hash: string;
  readonly code_hash: string;
  /** 1: decoded and found valid against the present pool. */
  readonly genome_ok: number;
  /** Sizes and times of all files, or of the code alone; null: they are to be looked at again. */
  readonly stamp: string | null;
  /** JSON, and the hash of the genome that they are those of. */
  readonly metrics: string | null;
  readonly metrics_of: string | null;
}

/**
 * Gives an agent the genome that it decided on in an evaluation: it has no score, and no memory, until it is judged.
 *
 * @param trigger In which kind of evaluation.
 * @param hashes Of the genome that it had, and of the one that it has from now on.
 */
export function changeGenome(
  listing: Listing,
  cycle: number,
  id: string,
  trigger: "judged" | "gestation",
  { before, after }: { readonly before: string; readonly after: string },
): void {
  listing.run(
    // What the stamp says of the code still holds.
    `UPDATE agents SET genome_hash = ?, genome_ok = 0, stamp = substr(stamp, 1, instr(stamp, ' ')), mutations = mutations + 1
      WHERE id = ?`,
    after,
    id,
  );
  markPending(listing, id, "genome.bin");
  leaveGenome(listing, id);
  recordChange(listing, cycle, id, { trigger, before });
}

/**
 * Enters what an agent's files were found to be.
 *
 * @param before What they were when last looked at.
 * @returns Whether genome or code were edited.
 */
export function enterFiles(
  listing: Listing,
  cycle: number,
  id: string,
  { before, after }: { readonly before: ScannedFiles; readonly after: ScannedFiles },
): boolean {
  if (columns.every((name) => before[name] === after[name])) return false;
  listing.run(update, ...columns.map((name) => after[name]), id);
  const isOther = before.genome_hash !== after.genome_hash;
  if (isOther) leaveGenome(listing, id);
  if (!isOther && before.code_hash === after.code_hash) return false;
  recordChange(listing, cycle, id, { trigger: "edited", before: before.genome_hash });
  return true;
}

const columns = ["genome_hash", "code_hash", "genome_ok", "stamp", "metrics", "metrics_of"] as const;
const update = `UPDATE agents SET ${columns.map((name) => `${name} = ?`).join(", ")} WHERE id = ?`;

/**
 * Records that an agent has changed; call it in the transaction of the change, after it.
 *
 * @param change Why, and the hash of the genome that it had; absent: it has kept its genome.
 */
export function recordChange(
  listing: Listing,
  cycle: number,
  id: string,
  { trigger, before }: { readonly trigger: ChangeTrigger; readonly before?: string },
): void {
  const { status, genomeHash, codeHash } = listing.get<Omit<Changed, "trigger" | "before">>(
    "SELECT status, genome_hash AS genomeHash, code_hash AS codeHash FROM agents WHERE id = ?",
    id,
  )!;
  const change: Changed = { trigger, status, before: before ?? genomeHash, genomeHash, codeHash };
  recordEvent(listing, cycle, "agent.changed", id, change);
}

/** An agent's score and memory belong to the genome that it leaves. */
function leaveGenome(listing: Listing, id: string): void {
  listing.run(
    "UPDATE agents SET score = NULL, scored_genome_hash = NULL, scored_reach = NULL, score_cycles = 0 WHERE id = ?",
    id,
  );
  if (forgetMemory(listing, id)) markPending(listing, id, "memory.json");
}
