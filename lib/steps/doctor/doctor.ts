/**
 * Checks all that a run keeps on disk, and mends what can be mended from the rest.
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
import { type Check, type Finding, Lost, type Patient } from "../../agents/finding.ts";
import { checkLeftovers } from "./leftovers.ts";
import { demandSound, formerListing } from "./listing.ts";
import { checkStore } from "./store.ts";
import { checkStrangers } from "./strangers.ts";
import { checkTemplate } from "./template.ts";

/** What `doctor` may be told. */
export interface DoctorOptions {
  /** Whether to report only. */
  readonly check: boolean;
}

/** Each builds on what those before it have mended. */
const checks: readonly Check[] = [
  checkLeftovers,
  checkTemplate,
  checkBlobs,
  checkStrangers,
  checkAgents,
  checkStore,
  checkConfig,
];

/**
 * Checks a run and mends it.
 *
 * The listing is what the rest is mended from. Whatever is in the way is moved to `workspace/lost`; nothing is removed but
 * the unfinished files of killed steps. Emits one `doctor.found` for each thing, whose `mended` tells whether it is well
 * again. Needs read permission for the run and for its template, and write permission for the run.
 *
 * @throws {StepFailed} If the listing is damaged, or something is left that can't be mended; with `check`, if anything
 * was found.
 */
export async function doctor(step: StepContext, { check }: DoctorOptions): Promise<Counts> {
  const { paths } = step;
  const counts = { found: 0, mended: 0, mendable: 0 };
  const former = formerListing(paths.listing);
  if (former) {
    counts.found = counts.mendable = 1;
    if (!check) former.mend();
    counts.mended = check ? 0 : 1;
    tell(step, former, !check);
    // What the rest is checked against can't be read.
    if (check) throw unwell(counts, check);
  }
  using listing = Listing.open(paths.listing);
  demandSound(listing, paths.listing);
  const patient: Patient = { paths, listing, lost: new Lost(paths) };
  for (const each of checks) {
    for await (const finding of each(patient)) {
      step.signal.throwIfAborted();
      counts.found++;
      if (finding.mend) counts.mendable++;
      const told = check ? { finding, mended: false } : await mend(finding);
      if (told.mended) counts.mended++;
      tell(step, told.finding, told.mended);
    }
  }
  const left = counts.found - counts.mended;
  if (left > 0) throw unwell(counts, check);
  step.say(counts.found === 0 ? "all is well." : `${counts.mended} ${things(counts.mended)} mended.`);
  return { acted: counts.mended, found: counts.found, mended: counts.mended };
}

/** What can't be mended at one place stops nothing else. */
async function mend(finding: Finding): Promise<{ readonly finding: Finding; readonly mended: boolean }> {
  try {
    await finding.mend?.();
    return { finding, mended: finding.mend !== undefined };
  } catch (error) {
    if (!isOfOnePath(error)) throw error;
    const message = `${finding.issue.message} It can't be mended (${errnoOf(error)}: ${error.message}).`;
    return { finding: { ...finding, issue: { ...finding.issue, message } }, mended: false };
  }
}

function tell(step: StepContext, { id, issue, done }: Finding, mended: boolean): void {
  step.emit({
    type: "doctor.found",
    id,
    ok: mended,
    mended,
    code: issue.code,
    found: issue.message,
    ...(issue.path !== undefined && { path: issue.path }),
    ...(mended ? { done } : { issue }),
  });
}

function unwell({ found, mended, mendable }: { found: number; mended: number; mendable: number }, check: boolean) {
  const message = check
    ? `${found} ${things(found)} wrong; \`deno task doctor\` mends ${mendable === found ? "all" : mendable} of it.`
    : `${mended} of ${found} ${things(found)} mended; what is left is for you to mend.`;
  return new StepFailed({ code: check ? "doctor.found" : "doctor.left", message });
}

function things(count: number): string {
  return count === 1 ? "thing is" : "things are";
}
