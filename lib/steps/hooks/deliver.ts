/**
 * Delivers the events of a run to its log and to its hooks, each from a cursor of its own.
 *
 * @module
 */

import { statusOf } from "../../db/agents.ts";
import { allAt, cursor, forgetCursors, logCursor, moveCursor } from "../../db/cursors.ts";
import { deliveryCount, forgetBackoffs, hasDeliveries, oldestDeliveries, waitingHooks } from "../../db/deliveries.ts";
import { Listing } from "../../db/listing.ts";
import { lastEvent } from "../../db/read_events.ts";
import { type ConfiguredHook, configuredHooks } from "../../hooks/configured_hooks.ts";
import { writeEventLog } from "../../hooks/event_log.ts";
import type { RunEvent } from "../../records/events.ts";
import type { Counts, StepContext } from "../../step/context.ts";
import { Misuse } from "../../util/issue.ts";
import { Attempts } from "./attempts.ts";
import { giveUp, recordOf, type Work } from "./report.ts";
import { retryDead } from "./retry_dead.ts";
import { serve } from "./serve.ts";

/** What is asked of the step. */
export interface DeliverOptions {
  /** Give dead letters to their hooks again. */
  readonly retryDead?: boolean;
}

/**
 * Delivers all events that are due: to `logs/events.ndjson` each exactly once, to each hook at least once. Hooks work side
 * by side, so none waits for another. What a hook does not take waits in the listing until it is due again, in a later run
 * of the step; what it is not to be given any more is a dead letter.
 *
 * Needs read and write permission for the listing and `logs/`, and what the hooks need: run, net, env for secrets.
 *
 * @throws {Misuse} If the configuration is invalid.
 */
export async function deliver(step: StepContext, options: DeliverOptions = {}): Promise<Counts> {
  using listing = Listing.open(step.paths.listing);
  const last = lastEvent(listing);
  const counts = { updates: 0, events: 0, delivered: 0, failed: 0, dead: 0, waiting: 0 };
  if (allAt(listing, last) && !hasDeliveries(listing) && !options.retryDead) return { ...counts };
  const hooks = await configuredHooks(step.paths, step.say);
  refuseUnknownAgents(hooks, listing, step.paths.config);
  const work: Work = { listing, step, counts, seed: listing.meta("seed") ?? "", last, now: Date.now() };
  await forgetRemoved(hooks, work);
  await step.stages.time("log", () => log(work));
  const served = hooks.map((hook) => ({ hook, attempts: new Attempts(hook.delivery, hook.timeoutMs, step) }));
  try {
    await Promise.all(served.map(({ hook, attempts }) => serve(hook, attempts, work)));
    if (options.retryDead) await retryDead(served, work);
  } finally {
    await Promise.all(hooks.map(({ delivery }) => delivery.close()));
  }
  counts.waiting = deliveryCount(listing);
  counts.updates = counts.events + counts.delivered + counts.failed;
  return { ...counts };
}

/** Lets go of hooks that are gone, and has new ones begin with what happened since the last delivery. */
async function forgetRemoved(hooks: readonly ConfiguredHook[], work: Work): Promise<void> {
  const { listing } = work;
  const names = hooks.map(({ name }) => name);
  const begin = cursor(listing, logCursor) ?? 0;
  for (const name of waitingHooks(listing).filter((name) => !names.includes(name))) {
    const gone = { name, delivery: { label: "that was removed" } };
    await giveUp(gone, oldestDeliveries(listing, name, deliveryCount(listing, name)), "removed", work);
  }
  forgetCursors(listing, [logCursor, ...names]);
  forgetBackoffs(listing, names);
  for (const name of names) if (cursor(listing, name) === undefined) moveCursor(listing, name, begin);
}

function log({ listing, step, counts, last }: Work): void {
  const onWritten = (event: RunEvent) => {
    counts.events++;
    step.emit(recordOf(event, "logs/events.ndjson"));
  };
  writeEventLog(listing, { folder: step.paths.logs, upTo: last, signal: step.signal, onWritten });
}

/** A hook for agents that there never were would wait for ever. */
function refuseUnknownAgents(hooks: readonly ConfiguredHook[], listing: Listing, path: string): void {
  for (const [index, { filter: { agents = [] } }] of hooks.entries()) {
    const unknown = agents.find((id) => statusOf(listing, id) === undefined);
    if (unknown === undefined) continue;
    throw new Misuse({
      code: "config.invalid",
      message:
        `Cannot use hooks.${index}.agents as it must hold ids of this run's agents: ${JSON.stringify(unknown)} ` +
        "is none; `deno task status` lists them.",
      path,
    });
  }
}
