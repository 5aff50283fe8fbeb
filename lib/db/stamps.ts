/**
 * What the listing remembers of the files in agents' folders, so that nothing is read or written that has not changed.
 *
 * @module
 */

import type { Listing } from "./listing.ts";

/** The wiring of an agent, as it lies in its folder. */
export interface WiredFiles {
  readonly codeHash: string;
  /** Sizes and times of all its files; null: they are to be looked at again. */
  readonly stamp: string | null;
  /** What the wiring was made from, sizes and times of its files, and the key that it is built under. */
  readonly wiredFrom: string;
  readonly wiredStamp: string;
  readonly buildKey: string;
  /** What the genome reaches of the pool. */
  readonly reach: string;
}

/** Enters what an agent's wiring is now. */
export function enterWiring(listing: Listing, id: string, wired: WiredFiles): void {
  listing.run(
    `UPDATE agents SET code_hash = ?, stamp = ?, wired_from = ?, wired_stamp = ?, build_key = ?, reach = ?
      WHERE id = ?`,
    wired.codeHash,
    wired.stamp,
    wired.wiredFrom,
    wired.wiredStamp,
    wired.buildKey,
    wired.reach,
    id,
  );
}

/** Lets `sync-wiring` look at an agent's folder as at one that it has not seen before. */
export function forgetWiring(listing: Listing, id: string): void {
  listing.run("UPDATE agents SET wired_stamp = NULL WHERE id = ?", id);
}

/** Lets the next steps look at an agent's folder as at one that they have not seen before. */
export function forgetFolder(listing: Listing, id: string): void {
  listing.run("UPDATE agents SET stamp = NULL, wired_stamp = NULL WHERE id = ?", id);
}

/** The same of all agents. */
export function forgetFolders(listing: Listing): void {
  listing.run("UPDATE agents SET stamp = NULL, wired_stamp = NULL");
}

/** Lets `scan` look at all genomes again, as they are fitted to another pool. */
export function forgetFit(listing: Listing): void {
  listing.run("UPDATE agents SET genome_ok = 0 WHERE status <> 'dead'");
}
