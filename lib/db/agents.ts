/**
 * What several steps ask of agents.
 *
 * @module
 */

import type { Status } from "../records/status.ts";
import type { Listing } from "./listing.ts";

/** SQL for: the agent is not dead and has a folder. */
export const hasFolder = "status <> 'dead' AND stage IN ('newborn', 'adult')";

/** The status of an agent, or `undefined` where there is none of this id. */
export function statusOf(listing: Listing, id: string): Status | undefined {
  return listing.get<{ status: Status }>("SELECT status FROM agents WHERE id = ?", id)?.status;
}

/** How many agents `init` has created, alive or dead. */
export function countCreated(listing: Listing): number {
  return listing.get<{ n: number }>("SELECT count(*) AS n FROM agents WHERE kind = 'init'")!.n;
}
