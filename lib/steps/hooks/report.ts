/**
 * Says what became of deliveries: records, the log, counts, dead letters.
 *
 * @module
 */

import type { Listing } from "../../db/listing.ts";
import { settle, type Waiting } from "../../db/deliveries.ts";
import { readEvent } from "../../db/read_events.ts";
import type { ConfiguredHook } from "../../hooks/configured_hooks.ts";
import { type DeadLetter, keepDeadLetters } from "../../hooks/dead_letters.ts";
import { messageOf } from "../../hooks/message.ts";
import type { RunEvent } from "../../records/events.ts";
import type { DeathOfLetter, EventDelivered } from "../../records/run.ts";
import type { StepContext } from "../../step/context.ts";
import type { Issue } from "../../util/issue.ts";

/** What the step has come to. */
export interface DeliveryCounts {
  updates: number;
  events: number;
  delivered: number;
  failed: number;
  dead: number;
  waiting: number;
}

/** What is told of one event and one hook. */
export type Told = Pick<EventDelivered, "attempt" | "due" | "dead" | "issue">;

/** What deliveries take, whichever hook they are to. */
export interface Work {
  readonly listing: Listing;
  readonly step: StepContext;
  readonly counts: DeliveryCounts;
  readonly seed: string;
  /** Number of the last event that counts. */
  readonly last: number;
  /** Milliseconds since 1970: what is due by then is given. */
  readonly now: number;
}

/** The record of an event that was written to the log, or given to a hook. */
export function recordOf({ id, number, type, cycle }: RunEvent, to: string): EventDelivered {
  return { type: "event.delivered", id, ok: true, event: type, number, cycle, to };
}

/** Says how an attempt came off. */
export function tell({ delivery: { label } }: ConfiguredHook, event: RunEvent, told: Told, work: Work): void {
  const { step, counts } = work;
  step.emit({ ...recordOf(event, label), ok: !told.issue, ...told });
  if (!told.issue) return void counts.delivered++;
  counts.failed++;
  if (told.dead) counts.dead++;
  step.log.warn(told.issue.message, { hook: label, code: told.issue.code, event: event.number });
}

const reasons: Readonly<Record<"age" | "waiting" | "removed", string>> = {
  age: "it has waited for too long",
  waiting: "too many others wait",
  removed: "the hook is not configured any more",
};

/** Makes dead letters of events for which no attempt is made any more. */
export async function giveUp(
  hook: Pick<ConfiguredHook, "name"> & { readonly delivery: { readonly label: string } },
  waiting: readonly Waiting[],
  reason: keyof typeof reasons,
  work: Work,
): Promise<void> {
  const { label } = hook.delivery;
  const issue = { code: "hook.dropped", message: `The hook ${label} is not given an event, as ${reasons[reason]}.` };
  for (const one of waiting) {
    const event = readEvent(work.listing, one.event);
    if (event) {
      work.step.emit({ ...recordOf(event, label), ok: false, attempt: 0, dead: reason, issue });
      work.counts.failed++;
      work.counts.dead++;
    }
  }
  if (waiting.length > 0) work.step.log.warn(`${issue.message} (${waiting.length})`, { hook: label, code: issue.code });
  await bury(hook, waiting, reason, work);
}

/** Keeps events as dead letters, and lets them wait no more: in this order, so that a kill loses none. */
export async function bury(
  { name, delivery: { label } }: Pick<ConfiguredHook, "name"> & { readonly delivery: { readonly label: string } },
  waiting: readonly Waiting[],
  reason: DeathOfLetter,
  { listing, seed, step }: Work,
  issue?: Issue,
): Promise<void> {
  const letters: DeadLetter[] = [];
  for (const { event: number, attempts } of waiting) {
    const event = readEvent(listing, number);
    if (!event) continue;
    const { eventId } = (await messageOf(event, seed)).event;
    const at = new Date().toISOString();
    letters.push({ hook: name, to: label, eventId, at, reason, attempts, ...(issue && { issue }), event });
  }
  if (letters.length > 0) {
    const dropped = keepDeadLetters(step.paths.logs, letters);
    if (dropped > 0) step.log.warn(`${dropped} dead letters were dropped, as logs/dead-letters.ndjson is full.`);
  }
  listing.transaction(() => waiting.forEach(({ event }) => settle(listing, name, event)));
}
