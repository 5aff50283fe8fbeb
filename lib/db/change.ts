/**
 * The event `agent.changed`, in its one shape.
 *
 * @module
 */

import { recordEvent } from "./events.ts";
import type { Listing } from "./listing.ts";
import type { Status } from "../records/status.ts";

/**
 * Why an agent is another one than before: it took up a genome that it decided on (`judged`, `gestation`), its files were
 * edited, or it is active again (`mended`, `built`, `enabled`).
 */
export type Why = "judged" | "gestation" | "edited" | "mended" | "built" | "enabled";

/** What `agent.changed` tells: what the agent is now, and the genome that it had. */
export interface Change {
  readonly why: Why;
  readonly status: Status;
  /** Hash of the genome that it had; that of the present one where it has kept it. */
  readonly before: string;
  readonly genomeHash: string;
  readonly codeHash: string;
}

/**
 * Records that an agent has changed; call it in the transaction of the change, after it.
 *
 * @param cycle The present cycle.
 * @param change Why, and the hash of the genome that it had; absent: it has kept its genome.
 */
export function recordChange(
  listing: Listing,
  cycle: number,
  id: string,
  { why, before }: { readonly why: Why; readonly before?: string },
): void {
  const { status, genomeHash, codeHash } = listing.get<Omit<Change, "why" | "before">>(
    "SELECT status, genome_hash AS genomeHash, code_hash AS codeHash FROM agents WHERE id = ?",
    id,
  )!;
  const change: Change = { why, status, before: before ?? genomeHash, genomeHash, codeHash };
  recordEvent(listing, cycle, "agent.changed", id, { ...change });
}
