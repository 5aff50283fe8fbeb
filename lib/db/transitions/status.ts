/**
 * The status of an agent and the only ways to change it: `active` ⇄ `disabled`, and from both to `dead`.
 *
 * Each transition names the status that it starts from and does nothing, and says so, where the agent has another one.
 * Call each inside the transaction that also holds what caused it; the event is recorded in the same one.
 *
 * @module
 */

import { causeOf } from "../../records/cause.ts";
import type { Disabled } from "../../records/events.ts";
import type { Issue } from "../../util/issue.ts";
import { agentKey } from "../agent_key.ts";
import { recordEvent } from "../events.ts";
import type { Listing } from "../listing.ts";
import { recordChange } from "./genome.ts";

/**
 * Disables an active agent.
 *
 * @param cycle The present cycle.
 * @param issue Why: its code and message become the agent's.
 * @param key What it must no longer be to become active again; absent: its genome as listed, and what that reaches.
 * @returns Whether it was active.
 */
export function disable(listing: Listing, id: string, cycle: number, issue: Issue, key?: string): boolean {
  const changed = listing.run(
    `UPDATE agents SET status = 'disabled', code = ?, reason = ?, disabled_cycle = ?, disabled_key = ?
      WHERE id = ? AND status = 'active'`,
    issue.code,
    issue.message,
    cycle,
    key ?? listedKey(listing, id),
    id,
  );
  if (changed > 0) recordEvent(listing, cycle, "agent.disabled", id, reasonOf(issue));
  return changed > 0;
}

/**
 * Gives an agent that is disabled a new reason, since it has changed and is still not fit to run.
 *
 * @returns Whether it was disabled.
 */
export function disableAgain(listing: Listing, id: string, cycle: number, issue: Issue, key?: string): boolean {
  const changed = listing.run(
    "UPDATE agents SET code = ?, reason = ?, disabled_key = ? WHERE id = ? AND status = 'disabled'",
    issue.code,
    issue.message,
    key ?? listedKey(listing, id),
    id,
  );
  if (changed > 0) recordEvent(listing, cycle, "agent.disabled", id, { ...reasonOf(issue), again: true });
  return changed > 0;
}

/** Gives a disabled agent another key under which it stays so, for the reason that it has. */
export function rekey(listing: Listing, id: string, key: string): void {
  listing.run("UPDATE agents SET disabled_key = ? WHERE id = ? AND status = 'disabled'", key, id);
}

/**
 * Makes a disabled agent active again, with its crashes forgotten.
 *
 * @param why What allowed it, for the event.
 * @returns Whether it was disabled.
 */
export function reactivate(
  listing: Listing,
  id: string,
  cycle: number,
  trigger: "repaired" | "built" | "enabled",
): boolean {
  const changed = listing.run(
    `UPDATE agents SET status = 'active', code = NULL, reason = NULL, disabled_cycle = NULL, disabled_key = NULL,
       crashes = 0, backoff_until_cycle = 0
      WHERE id = ? AND status = 'disabled'`,
    id,
  );
  if (changed > 0) recordChange(listing, cycle, id, { trigger });
  return changed > 0;
}

/**
 * Lets an agent die, be it active or disabled; `select` alone does this.
 *
 * @param issue Of what: its code and message become the agent's.
 * @returns Whether it was not dead yet.
 */
export function die(listing: Listing, id: string, cycle: number, issue: Issue): boolean {
  const changed = listing.run(
    `UPDATE agents SET status = 'dead', code = ?, reason = ?, died = ?, disabled_key = NULL
      WHERE id = ? AND status IN ('active', 'disabled')`,
    issue.code,
    issue.message,
    cycle,
    id,
  );
  if (changed > 0) recordEvent(listing, cycle, "agent.died", id, reasonOf(issue));
  return changed > 0;
}

/** An issue as an agent's reason, by the names that its row and its records have for it: of several findings the first. */
function reasonOf({ message, findings: _, ...rest }: Issue): Omit<Disabled, "again"> {
  return { ...rest, cause: causeOf(rest.code), reason: message };
}

function listedKey(listing: Listing, id: string): string | null {
  const row = listing.get<{ genome_hash: string; reach: string | null }>(
    "SELECT genome_hash, reach FROM agents WHERE id = ?",
    id,
  );
  return row ? agentKey(row.genome_hash, row.reach) : null;
}
