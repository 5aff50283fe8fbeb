/**
 * Makes disabled agents active again.
 *
 * @module
 */

import type { Counts, StepContext } from "../../step/context.ts";
import { presentCycle } from "../../db/cycle.ts";
import { findAgents } from "../../db/find_agent.ts";
import { Listing } from "../../db/listing.ts";
import { statusOf } from "../../db/agents.ts";
import { reactivate } from "../../db/transitions/status.ts";

/**
 * Makes agents active again that are disabled, all of them in one transaction; the others stay as they are.
 *
 * Emits one `agent.enabled` for each id, whose `enabled` says whether it was disabled; not `ok` for the dead. Needs read
 * and write permission for the listing.
 *
 * @param texts Ids of agents, or how they begin; one that is named twice counts once.
 * @throws {Misuse} If one of them names no agent, or several; then nothing was changed.
 */
export function enable(step: StepContext, texts: readonly string[]): Counts {
  using listing = Listing.open(step.paths.listing);
  const counts = { updates: 0, enabled: 0, refused: 0 };
  const records = listing.transaction(() => findAgents(listing, texts).map((id) => enableOne(listing, id)));
  for (const record of records) {
    if (!record.ok) counts.refused++;
    else if (record.enabled) counts.enabled++;
    step.emit({ type: "agent.enabled", ...record });
  }
  return { ...counts, updates: counts.enabled };
}

function enableOne(listing: Listing, id: string) {
  if (statusOf(listing, id) !== "dead") {
    return { id, ok: true, enabled: reactivate(listing, id, presentCycle(listing), "enabled") };
  }
  const message = "Cannot enable this agent as it must be alive: it is dead.";
  return { id, ok: false, enabled: false, issue: { code: "agent.dead", message } };
}
