/**
 * What an agent is now, and what it waits for.
 *
 * @module
 */

import { lastCycle } from "../../db/cycle.ts";
import { type Entry, stages, type Subject } from "./entry.ts";
import { besideScore } from "../../records/objective.ts";
import { scoreText, shown } from "./shown.ts";

/** What is shown of an agent as it is; nothing of the dead. */
export function presentEntries(subject: Subject): Entry[] {
  const { listing, status, generation, energy, score, objective } = subject;
  if (status === "dead") return [];
  const last = lastCycle(listing);
  const present = last?.cycle ?? 0;
  const has = score === null ? "no score yet" : scoreText(score, objective);
  const reason = `${status}, generation ${generation}, ${has}, energy ${shown(energy)}; ${waitsFor(subject, present)}`;
  const facts = { event: "now", status, generation, score, ...besideScore(score, objective), energy } as const;
  return [{ cycle: present, reason, facts, after: { event: Infinity, stage: stages.now } }];
}

function waitsFor(subject: Subject, present: number): string {
  const { status, stage, backoffUntilCycle, builtFrom, genomeHash, reach } = subject;
  if (status === "disabled") return "it dies in a later cycle, unless it changes or is enabled before";
  if (stage === "planned") return "its folder is still to be made";
  if (stage === "newborn") return "its gestation is due";
  if (backoffUntilCycle > present) return `it is backed off until cycle ${backoffUntilCycle}`;
  if (!builtFrom?.startsWith(`${genomeHash}:${reach}:`)) return "it is to be wired and built next";
  return judged(subject, present);
}

function judged({ listing, id }: Subject, present: number): string {
  const evaluation = listing.get<{ outcome: string | null }>(
    "SELECT outcome FROM evaluations WHERE agent = ? AND cycle = ? AND kind = 'judged'",
    id,
    present,
  );
  const open = lastCycle(listing)?.state === "open";
  return open && !evaluation?.outcome ? "its episodes are due" : "it waits for the next cycle";
}
