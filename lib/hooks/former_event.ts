/**
 * Former names of what events tell: hooks get them beside the present ones for one release.
 *
 * @module
 */

import type { RunEvent } from "../records/events.ts";

/** The event as a hook gets it. */
export function withFormerNames(event: RunEvent): RunEvent {
  const former = formerOf(event);
  return former ? { ...event, data: { ...event.data, ...former } } as RunEvent : event;
}

function formerOf({ type, data }: RunEvent): object | undefined {
  if ("omitted" in data) return undefined;
  if (type === "agent.changed") return { why: data.trigger === "repaired" ? "mended" : data.trigger };
  if (type !== "agent.crashed") return undefined;
  const { limit, backoffUntilCycle } = data;
  return {
    ...(limit && { reached: { limit: limit.name, value: limit.value, by: limit.enforcedBy } }),
    ...(backoffUntilCycle !== undefined && { restsUntil: backoffUntilCycle }),
  };
}
