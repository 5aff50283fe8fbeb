/**
 * Delivers the events of a run to its log and to its hooks, each from a cursor of its own.
 *
 * @module
 */

import type { EventDelivered } from "../../records/run.ts";
import type { RunEvent } from "../../records/events.ts";
import { Listing } from "../../db/listing.ts";
import type { Counts, StepContext } from "../../step/context.ts";
import { type ConfiguredHook, configuredHooks } from "../../hooks/configured_hooks.ts";
import { allAt, cursor, forgetCursors, logCursor, moveCursor } from "../../db/cursors.ts";
import { hopeless } from "../../hooks/delivery.ts";
import { withFormerNames } from "../../hooks/former_event.ts";
import { writeEventLog } from "../../hooks/event_log.ts";
import { lastEvent, readEvents } from "../../db/read_events.ts";

const batch = 100;

/** Failures in a row after which a hook is not called again in the same run of the step. */
const mostFailures = 3;

/**
 * Delivers all events that are due: to `logs/events.ndjson` each exactly once, to each hook in their order and at most
 * once. Hooks work side by side, so none waits for another. One that hangs, floods or fails three times in a row gets
 * no more events now; those that it has not been given yet are due again in the next run of the step.
 *
 * Needs read and write permission for the listing and `logs/`, and what the hooks need: run, net.
 *
 * @throws {Misuse} If the configuration is invalid.
 */
export async function deliver(step: StepContext): Promise<Counts> {
  using listing = Listing.open(step.paths.listing);
  const last = lastEvent(listing);
  const counts = { updates: 0, events: 0, delivered: 0, failed: 0 };
  if (allAt(listing, last)) return counts;
  const hooks = await configuredHooks(step.paths, step.say);
  const begin = cursor(listing, logCursor) ?? 0;
  forgetCursors(listing, [logCursor, ...hooks.map((hook) => hook.name)]);
  // A hook that is new gets what happened since the last delivery, not the whole history.
  for (const hook of hooks) {
    if (cursor(listing, hook.name) === undefined) moveCursor(listing, hook.name, begin);
  }
  const onWritten = (event: RunEvent) => {
    counts.events++;
    step.emit(recordOf(event, "logs/events.ndjson"));
  };
  const log = { folder: step.paths.logs, upTo: last, signal: step.signal, onWritten };
  step.stages.time("log", () => writeEventLog(listing, log));
  await Promise.all(hooks.map((hook) => serve(hook, last, { listing, step, counts })));
  counts.updates = counts.events + counts.delivered + counts.failed;
  return counts;
}

interface Work {
  readonly listing: Listing;
  readonly step: StepContext;
  readonly counts: { delivered: number; failed: number };
}

/** Gives one hook what is due for it. */
async function serve(hook: ConfiguredHook, last: number, work: Work): Promise<void> {
  const { listing, step: { signal } } = work;
  let failures = 0;
  try {
    for (let after = cursor(listing, hook.name) ?? 0; after < last;) {
      const events = readEvents(listing, after, last, batch);
      for (const event of events) {
        if (signal.aborted || failures >= mostFailures) return;
        // The cursor moves first: after a kill an event may be missing, but it never comes twice.
        moveCursor(listing, hook.name, event.number);
        if (hook.on.has(event.type)) failures = await attempt(hook, event, failures, work);
      }
      after = events.at(-1)?.number ?? last;
    }
    moveCursor(listing, hook.name, last);
  } finally {
    await hook.delivery.close();
  }
}

/** Delivers one event; returns how often the hook has failed in a row now. */
async function attempt(
  { delivery }: ConfiguredHook,
  event: RunEvent,
  failures: number,
  { step, counts }: Work,
): Promise<number> {
  const issue = await step.stages.time("deliver", () => delivery.deliver(withFormerNames(event), step.signal));
  step.emit({ ...recordOf(event, delivery.label), ok: !issue, ...(issue && { issue }) });
  if (!issue) {
    counts.delivered++;
    return 0;
  }
  counts.failed++;
  step.log.warn(issue.message, { hook: delivery.label, code: issue.code, event: event.number });
  return hopeless.has(issue.code) ? mostFailures : failures + 1;
}

function recordOf({ id, number, type, cycle }: RunEvent, to: string): EventDelivered {
  return { type: "event.delivered", id, ok: true, event: type, number, cycle, to };
}
