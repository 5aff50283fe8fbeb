/**
 * Gives one hook what is due for it.
 *
 * What a hook is to be given is put among what waits for it first, and is forgotten once the hook has taken it: after a
 * kill an event may come twice, but none is missing.
 *
 * @module
 */

import * as deliveries from "../../db/deliveries.ts";
import { readEvent } from "../../db/read_events.ts";
import { backoffMs } from "../../hooks/backoff.ts";
import type { ConfiguredHook } from "../../hooks/configured_hooks.ts";
import { concernOf, type Failure } from "../../hooks/delivery.ts";
import { messageOf } from "../../hooks/message.ts";
import type { RunEvent } from "../../records/events.ts";
import type { Attempts } from "./attempts.ts";
import { bury, giveUp, tell, type Work } from "./report.ts";

const batch = 100;

/** Failures in a row, each of an event alone, after which the hook itself is taken to have failed. */
const mostFailures = 3;

/** Gives one hook what is due for it, and keeps the rest for later runs of the step. */
export async function serve(hook: ConfiguredHook, attempts: Attempts, work: Work): Promise<void> {
  const { listing, step, last, now } = work;
  const { name, filter, retry } = hook;
  await giveUp(hook, deliveries.deliveriesBefore(listing, name, now - retry.maxAgeSeconds * 1000), "age", work);
  let goesOn = !isLeftAlone(hook, work);
  for (let put = batch; put === batch && !step.signal.aborted;) {
    put = deliveries.enqueue(listing, name, filter, { upTo: last, most: batch, now });
    if (goesOn) goesOn = await giveDue(hook, attempts, work);
    const surplus = deliveries.deliveryCount(listing, name) - retry.maxWaiting;
    if (surplus > 0) await giveUp(hook, deliveries.oldestDeliveries(listing, name, surplus), "waiting", work);
  }
}

function isLeftAlone({ name, retry }: ConfiguredHook, { listing, now }: Work): boolean {
  const until = deliveries.hookBackoff(listing, name)?.untilMs ?? 0;
  // None can be longer, unless the clock was set back since.
  return until > now && until <= now + retry.maxBackoffSeconds * 1000;
}

/** Gives what is due; returns whether the hook may be given more now. */
async function giveDue(hook: ConfiguredHook, attempts: Attempts, work: Work): Promise<boolean> {
  const { listing, now } = work;
  const latest = now + hook.retry.maxBackoffSeconds * 1000;
  for (;;) {
    const due = hook.ordered
      ? deliveries.oldestDeliveries(listing, hook.name, batch)
      : deliveries.dueDeliveries(listing, hook.name, { now, latest, most: batch });
    if (due.length === 0) return true;
    for (const waiting of due) {
      if (work.step.signal.aborted || !await give(hook, waiting, attempts, work)) return false;
    }
  }
}

/** Gives one event; returns whether the hook may be given more now. */
async function give(
  hook: ConfiguredHook,
  waiting: deliveries.Waiting,
  attempts: Attempts,
  work: Work,
): Promise<boolean> {
  const { listing } = work;
  const event = readEvent(listing, waiting.event);
  if (!event) {
    deliveries.settle(listing, hook.name, waiting.event);
    return true;
  }
  const failure = await attempts.make(await messageOf(event, work.seed));
  if (failure) return await fail(hook, event, waiting, { attempts, failure, work });
  listing.transaction(() => {
    deliveries.settle(listing, hook.name, event.number);
    deliveries.endHookBackoff(listing, hook.name);
  });
  tell(hook, event, { attempt: waiting.attempts + 1 }, work);
  return true;
}

interface Failed {
  readonly attempts: Attempts;
  readonly failure: Failure;
  readonly work: Work;
}

/** Notes a failure; returns whether the hook may be given more now. */
async function fail(
  hook: ConfiguredHook,
  event: RunEvent,
  waiting: deliveries.Waiting,
  { attempts, failure, work }: Failed,
): Promise<boolean> {
  const { listing } = work;
  const { retryAfterMs = 0, ...issue } = failure;
  const attempt = waiting.attempts + 1;
  const concern = concernOf(issue);
  if (concern === "none") {
    tell(hook, event, { attempt, issue }, work);
    return false;
  }
  const isDown = concern === "hook" ||
    concern === "event" && (hook.ordered || attempts.failuresInRow >= mostFailures);
  const failures = isDown ? (deliveries.hookBackoff(listing, hook.name)?.failures ?? 0) + 1 : attempt;
  const dueMs = Date.now() + backoffMs(failures, retryAfterMs, hook.retry);
  const dead = concern === "refused" ? "refused" : attempt >= hook.retry.maxAttempts ? "attempts" : undefined;
  if (dead) await bury(hook, [{ ...waiting, attempts: attempt }], dead, work, issue);
  else deliveries.postpone(listing, hook.name, event.number, dueMs);
  if (isDown) deliveries.setHookBackoff(listing, hook.name, { failures, untilMs: dueMs });
  tell(hook, event, { attempt, issue, ...(dead ? { dead } : { due: new Date(dueMs).toISOString() }) }, work);
  return !isDown && attempts.mayGoOn;
}
