/**
 * What a hook is given: an event with an id by which repetitions are known.
 *
 * @module
 */

import type { RunEvent } from "../records/events.ts";
import { sha256 } from "../util/hash.ts";
import { withFormerNames } from "./former_event.ts";

/** An event as hooks get it. */
export type HookEvent = RunEvent & {
  /** The same in each attempt, also after a restart or in a restored run: what comes twice is known by it. */
  readonly eventId: string;
};

/** An event on its way to a hook. */
export interface Message {
  readonly event: HookEvent;
  /** Seed of the run that it is of. */
  readonly seed: string;
}

/**
 * The message of an event.
 *
 * Its id comes from what can't change: a run that was restored and took another course has the same numbers, but other
 * times. Data are no part of it, since a compaction may shorten them.
 */
export async function messageOf(event: RunEvent, seed: string): Promise<Message> {
  const { number, type, cycle, id, at } = event;
  const hash = await sha256(JSON.stringify([seed, number, type, cycle, id, at]));
  return { event: { ...withFormerNames(event), eventId: `evt_${hash.slice(0, 32)}` }, seed };
}

/** A message as an event of CloudEvents 1.0, for its structured JSON. */
export function cloudEvent({ event, seed }: Message): Record<string, unknown> {
  const { eventId, number, type, cycle, id, at, data } = event;
  return {
    specversion: "1.0",
    id: eventId,
    source: `/evolve/runs/${encodeURIComponent(seed)}`,
    type: `evolve.${type}`,
    time: at,
    ...(id !== null && { subject: id }),
    datacontenttype: "application/json",
    sequence: String(number),
    cycle,
    data,
  };
}
