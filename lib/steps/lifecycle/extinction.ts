/**
 * Whether there is any agent to go on with.
 *
 * @module
 */

import { countCreated } from "../../db/agents.ts";
import type { Listing } from "../../db/listing.ts";
import { StepFailed } from "../../util/issue.ts";

/**
 * Demands that at least one agent is not dead, so that a cycle is worth its while: `scan` may find that what is
 * disabled has been repaired.
 *
 * @throws {StepFailed} If all agents are dead, or none was ever made.
 */
export function demandSurvivors(listing: Listing): void {
  if (listing.get("SELECT 1 FROM agents WHERE status != 'dead' LIMIT 1")) return;
  const made = countCreated(listing);
  if (made === 0) {
    throw new StepFailed({
      code: "population.none",
      message: "Cannot go on as there are no agents: `init` has not finished; run `deno task init` again.",
    });
  }
  throw new StepFailed({
    code: "population.extinct",
    message: "Cannot go on as all agents are dead; create new ones by `deno task init --count N` " +
      `with more than ${made}, which is how many it has made.`,
  });
}

/**
 * Demands that at least one agent is active after a cycle: those that are disabled would die in the next one.
 *
 * @throws {StepFailed} If none is active; says for what the others are disabled.
 */
export function demandActive(listing: Listing): void {
  if (listing.get("SELECT 1 FROM agents WHERE status = 'active' LIMIT 1")) return;
  demandSurvivors(listing);
  const reasons = listing.all<{ code: string; n: number }>(
    "SELECT code, count(*) AS n FROM agents WHERE status = 'disabled' GROUP BY code ORDER BY n DESC, code LIMIT 3",
  );
  const disabled = reasons.map(({ code, n }) => `${code} (${n})`).join(", ");
  throw new StepFailed({
    code: "population.disabled",
    message: `Cannot go on as all agents are disabled: ${disabled}. ` +
      "`deno task status` tells why; repair them, or run `deno task enable ID`.",
  });
}

/** Whether an error says that no agent is left to go on with. */
export function isExtinction(error: unknown): boolean {
  return error instanceof StepFailed && ["population.extinct", "population.disabled"].includes(error.issue.code);
}
