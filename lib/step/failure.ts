/**
 * What a step says of itself when it ends.
 *
 * @module
 */

import { type Issue, Misuse, StepFailed } from "../util/issue.ts";
import { systemErrorOf } from "../util/system_error.ts";
import type { Counts } from "./context.ts";
import type { Holder } from "../run/lock.ts";

/** What was thrown, as an issue; what no step meant to throw gets the code `internal`. */
export function issueOf(error: unknown): Issue {
  if (error instanceof Misuse || error instanceof StepFailed) return error.issue;
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof Deno.errors.NotCapable) {
    return { code: "permission", message: `The step's permission set does not cover what it tried: ${message}` };
  }
  const systemError = systemErrorOf(error) ?? systemErrorOf((error as Error | undefined)?.cause);
  if (systemError) return systemError;
  return { code: "internal", message: `${message}. This was not expected; --log-level debug shows where it happened.` };
}

/** An issue as one line, with its place. */
export function issueLine({ message, path }: Issue): string {
  return path && !message.includes(path) ? `${message} (${path})` : message;
}

/** How many further findings are shown to a person, a line each. */
const shownFindings = 20;

/** What was found besides what an issue itself says, a line each; of very many the first. */
export function findingLines({ findings = [] }: Issue): string[] {
  const others = findings.slice(1);
  const lines = others.slice(0, shownFindings).map((one) => `  ${issueLine(one)}`);
  const more = others.length - lines.length;
  return more > 0 ? [...lines, `  … ${more} more; --format ndjson has them all.`] : lines;
}

/** Where an error and its causes come from, for those who asked for that. */
export function stackOf(error: unknown): string {
  if (!(error instanceof Error)) return "";
  return `${error.stack}\n${error.cause === undefined ? "" : stackOf(error.cause)}`;
}

// Names of counts that are nouns; `built` and its like have no plural.
const plurals = new Set(["agents", "births", "cycles", "draws", "episodes", "events", "files", "founders", "genes"]);

/** What was counted, as one line. */
export function summaryLine(counts: Counts, ms: number): string {
  const parts = Object.entries(counts).filter(([name]) => name !== "updates").map(([name, count]) =>
    `${count} ${count === 1 && plurals.has(name) ? name.slice(0, -1) : name}`
  );
  return `${parts.length > 0 ? parts.join(", ") : `${counts.updates} updates`} in ${(ms / 1000).toFixed(1)} s.`;
}

/** What is waited for. */
export function waitLine(holder: Holder | undefined): string {
  return holder
    ? `waits for ${holder.step} (process ${holder.pid}), which has held this run since ${holder.since}.`
    : "waits for another step, which holds this run.";
}
