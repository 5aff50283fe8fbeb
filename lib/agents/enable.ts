/**
 * Makes disabled agents active again.
 *
 * @module
 */

import type { Counts, StepContext } from "../step/context.ts";
import { presentCycle } from "./cycle.ts";
import { Listing } from "./listing.ts";
import { reactivate, type Status } from "./state.ts";

/**
 * Makes agents active again that are disabled, all of them in one transaction; the others stay as they are.
 *
 * Emits one `agent.enabled` for each id, whose `enabled` says whether it was disabled; not `ok` for the dead and the
 * unknown. Needs read and write permission for the listing.
 *
 * @param ids Ids of agents; what is given twice counts once.
 */
export function enable(step: StepContext, ids: readonly string[]): Counts {
  using listing = Listing.open(step.paths.listing);
  const counts = { acted: 0, enabled: 0, refused: 0 };
  const records = listing.transaction(() => [...new Set(ids)].map((id) => enableOne(listing, id)));
  for (const record of records) {
    if (!record.ok) counts.refused++;
    else if (record.enabled) counts.enabled++;
    step.emit({ type: "agent.enabled", ...record });
  }
  return { ...counts, acted: counts.enabled };
}

function enableOne(listing: Listing, id: string) {
  const status = listing.get<{ status: Status }>("SELECT status FROM agents WHERE id = ?", id)?.status;
  if (status === undefined) return refuse(id, "agent.unknown", "There is no agent of this id in the listing.");
  if (status === "dead") return refuse(id, "agent.dead", "Cannot enable this agent as it must be alive: it is dead.");
  return { id, ok: true, enabled: reactivate(listing, id, presentCycle(listing), "enabled") };
}

function refuse(id: string, code: string, message: string) {
  return { id, ok: false, enabled: false, issue: { code, message } };
}
