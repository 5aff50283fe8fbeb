/**
 * The agents that should have a folder, with what their folders are looked at and made again by.
 *
 * @module
 */

import { hasFolder } from "./agents.ts";
import type { Listing } from "./listing.ts";

/** What the listing knows of an agent that has a folder. */
export interface ListedAgent {
  readonly id: string;
  readonly status: "active" | "disabled";
  readonly code: string | null;
  readonly disabledKey: string | null;
  readonly state: "newborn" | "adult";
  readonly genomeHash: string;
  readonly codeHash: string;
  readonly wiredFrom: string | null;
  readonly buildHash: string | null;
  /** 1: the listing is ahead of the folder, which `supervise` has still to write. */
  readonly ahead: 0 | 1;
}

const query = `
SELECT id, status, code, disabled_key AS disabledKey, stage, genome_hash AS genomeHash, code_hash AS codeHash,
  wired_from AS wiredFrom, build_hash AS buildHash,
  EXISTS (SELECT 1 FROM pending_files WHERE agent = id) AS ahead
FROM agents WHERE ${hasFolder} ORDER BY ordinal`;

/** All agents that should have a folder, in the order of their creation. */
export function listedAgents(listing: Listing): ListedAgent[] {
  return listing.all<ListedAgent>(query);
}
