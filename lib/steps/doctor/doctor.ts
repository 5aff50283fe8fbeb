/**
 * Checks all that a run keeps on disk, and repairs what can be repaired from the rest.
 *
 * @module
 */

import { Listing } from "../../db/listing.ts";
import { StepFailed } from "../../util/issue.ts";
import type { Counts, StepContext } from "../../step/context.ts";
import { errnoOf, isOfOnePath } from "../../util/system_error.ts";
import { checkAgents } from "./agents.ts";
import { checkBlobs } from "./blobs.ts";
import { checkConfig } from "./config.ts";
import { type Check, type Finding, type Inspection, Quarantine } from "../../agents/inspection.ts";
import { checkLeftovers } from "./leftovers.ts";
import { demandSound, formerListing } from "./listing.ts";
import { checkStore } from "./store.ts";
import { checkUnlisted } from "./unlisted.ts";
import { checkTemplate } from "./template.ts";

/** Options of `doctor`. */
export interface DoctorOptions {
  /** Whether to report only. */
  readonly check: boolean;
}

/** Each builds on what those before it have repaired. */
const checks: readonly Check[] = [
  checkLeftovers,
  checkTemplate,
  checkBlobs,
  checkUnlisted,
  checkAgents,
  checkStore,
  checkConfig,
];

/**
 * Checks a run and repairs it.
 *
 * The listing is what the rest is repaired from. Whatever is in the way is moved to `workspace/quarantine`; nothing is removed but
 * the unfinished files of killed steps. Emits one `doctor.found` for each thing, whose `repaired` tells whether it is well
 * again. Needs read permission for the run and for its template, and write permission for the run.
 *
 * @throws {StepFailed} If the listing is damaged, or something is left that can't be repaired; with `check`, if anything
 * was found.
 */
export async function doctor(step: StepContext, { check }: DoctorOptions): Promise<Counts> {
  const { paths } = step;
  const counts = { found: 0, repaired: 0, repairable: 0 };
  const former = formerListing(paths.listing);
  if (former) {
    counts.found = counts.repairable = 1;
    if (!check) former.repair();
    counts.repaired = check ? 0 : 1;
    tell(step, former, !check);
    // What the rest is checked against can't be read.
    if (check) throw unwell(counts, check);
  }
  using listing = Listing.open(paths.listing);
  demandSound(listing, paths.listing);
  const inspection: Inspection = { paths, listing, quarantine: new Quarantine(paths) };
  for (const each of checks) {
    for await (const finding of each(inspection)) {
      step.signal.throwIfAborted();
      counts.found++;
      if (finding.repair) counts.repairable++;
      const outcome = check ? { finding, repaired: false } : await repair(finding);
      if (outcome.repaired) counts.repaired++;
      tell(step, outcome.finding, outcome.repaired);
    }
  }
  const left = counts.found - counts.repaired;
  if (left > 0) throw unwell(counts, check);
  step.say(counts.found === 0 ? "all is well." : `${counts.repaired} ${things(counts.repaired)} repaired.`);
  return { updates: counts.repaired, found: counts.found, repaired: counts.repaired };
}

/** What can't be repaired at one place stops nothing else. */
async function repair(finding: Finding): Promise<{ readonly finding: Finding; readonly repaired: boolean }> {
  try {
    await finding.repair?.();
    return { finding, repaired: finding.repair !== undefined };
  } catch (error) {
    if (!isOfOnePath(error)) throw error;
    const message = `${finding.issue.message} It can't be repaired (${errnoOf(error)}: ${error.message}).`;
    return { finding: { ...finding, issue: { ...finding.issue, message } }, repaired: false };
  }
}

function tell(step: StepContext, { id, issue, action }: Finding, repaired: boolean): void {
  step.emit({
    type: "doctor.found",
    id,
    ok: repaired,
    repaired,
    code: issue.code,
    found: issue.message,
    ...(issue.path !== undefined && { path: issue.path }),
    ...(repaired ? { action } : { issue }),
  });
}

function unwell(
  { found, repaired, repairable }: { found: number; repaired: number; repairable: number },
  check: boolean,
) {
  const message = check
    ? `${found} ${things(found)} wrong; \`deno task doctor\` repairs ${
      repairable === found ? "all" : repairable
    } of it.`
    : `${repaired} of ${found} ${things(found)} repaired; what is left is for you to repair.`;
  return new StepFailed({ code: check ? "doctor.found" : "doctor.left", message });
}

function things(count: number): string {
  return count === 1 ? "thing is" : "things are";
}
