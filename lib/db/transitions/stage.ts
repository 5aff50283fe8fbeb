/**
 * The stages of an agent: planned, then newborn or, as a copy, adult at once; removed after its death. They have no events.
 *
 * @module
 */

import type { Listing } from "../listing.ts";

/** What was made of a planned agent: its folder. */
export interface MadeFolder {
  readonly codeHash: string;
  /** Sizes and times of all its files. */
  readonly stamp: string;
  /** What its wiring was made from besides its genome, sizes and times of those files, and the key that it is built under. */
  readonly wiredWith: string;
  readonly wiredStamp: string;
  readonly buildKey: string;
  /** What its genome reaches of the pool. */
  readonly reach: string;
  /** JSON. */
  readonly metrics: string;
}

/** Enters that a planned agent has its folder. */
export function enterFolder(listing: Listing, id: string, made: MadeFolder): void {
  listing.run(
    `UPDATE agents SET stage = CASE kind WHEN 'birth' THEN 'newborn' ELSE 'adult' END, code_hash = ?, stamp = ?,
      wired_from = genome_hash || ?, wired_stamp = ?, reach = ?, build_key = ?, genome_ok = 1, metrics = ?, metrics_of = genome_hash
      WHERE id = ? AND stage = 'planned'`,
    made.codeHash,
    made.stamp,
    made.wiredWith,
    made.wiredStamp,
    made.reach,
    made.buildKey,
    made.metrics,
    id,
  );
}

/** Enters that the gestation of a newborn agent has finished: its failures are forgotten. */
export function growUp(listing: Listing, id: string): void {
  listing.run(
    "UPDATE agents SET crashes = 0, backoff_until_cycle = 0, stage = iif(stage = 'newborn', 'adult', stage) WHERE id = ?",
    id,
  );
}

/** Enters that the folder of a dead agent is there no more. */
export function enterRemoved(listing: Listing, id: string): void {
  listing.run("UPDATE agents SET stage = 'removed' WHERE id = ? AND status = 'dead'", id);
}

/** Enters that of the dead no folders are there any more but these. */
export function enterAllRemoved(listing: Listing, left: readonly string[]): void {
  listing.run(
    `UPDATE agents SET stage = 'removed' WHERE status = 'dead' AND stage != 'removed'
      AND id NOT IN (SELECT value FROM json_each(?))`,
    JSON.stringify(left),
  );
}
