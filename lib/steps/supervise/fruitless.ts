/**
 * A cycle in which no evaluation gave a score, for what is not the agents' own fault.
 *
 * @module
 */

import { outcomesOf, reopen } from "../../db/evaluations.ts";
import type { Listing } from "../../db/listing.ts";
import { type Cause, causeOfEnd } from "../../records/cause.ts";
import { StepFailed } from "../../util/issue.ts";

/**
 * Makes the evaluations of an open cycle due again that failed by what is not the agents' own fault, if none of the cycle
 * gave a score; call it in the transaction that would end the cycle's evaluations, when nothing is due any more.
 *
 * @returns Why the cycle can't be closed; undefined if it can.
 */
export function reopenFruitless(listing: Listing, cycle: number): StepFailed | undefined {
  const ends = outcomesOf(listing, cycle);
  if (ends.some(({ outcome }) => outcome === "finished")) return undefined;
  const shared = ends.filter(({ outcome }) => causeOfEnd(outcome) !== "agent");
  const [most] = shared;
  if (!most) return undefined;
  for (const { outcome } of shared) reopen(listing, cycle, outcome);
  const total = ends.reduce((sum, { n }) => sum + n, 0);
  const failed = shared.reduce((sum, { n }) => sum + n, 0);
  const cause = causeOfEnd(most.outcome);
  return new StepFailed({
    code: codes[cause] ?? "machine.evaluation",
    message:
      `Cannot close cycle ${cycle} as at least one evaluation must give a score: of ${total} none did, and ${failed} ` +
      `failed by no fault of the agents (${most.message ?? most.outcome}). ${fixes[cause] ?? ""}They are due again.`,
  });
}

const codes: Partial<Record<Cause, string>> = { template: "template.world", machine: "machine.evaluation" };

const fixes: Partial<Record<Cause, string>> = {
  template: "Repair world.ts and run `deno task init` again. ",
  machine: "Run the step again when the machine is well. ",
};
