/**
 * The parents of agents that were born.
 *
 * @module
 */

import type { Listing } from "./listing.ts";

/** A parent, as it is recorded. */
export interface Parent {
  readonly id: string;
  readonly genomeHash: string;
  /** Share of the child's loci that have this parent's allele, null where that can't be told. */
  readonly share: number | null;
}

/** The parents of an agent, in their order. */
export function parentsOf(listing: Listing, id: string): Parent[] {
  return JSON.parse(listing.get<{ parents: string }>("SELECT parents FROM agents WHERE id = ?", id)!.parents);
}

/** Enters the parents of an agent with their shares. */
export function enterParents(listing: Listing, id: string, parents: readonly Parent[]): void {
  listing.run("UPDATE agents SET parents = ? WHERE id = ?", JSON.stringify(parents), id);
}
