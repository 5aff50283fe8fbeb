/**
 * Former names of what events tell: hooks get them beside the present ones for one release.
 *
 * @module
 */

import type { RunEvent } from "../db/events.ts";

type Data = Readonly<Record<string, unknown>>;
type Limit = { readonly name: string; readonly value: number | null; readonly enforcedBy: string };

/** The event as a hook gets it. */
export function withFormerNames(event: RunEvent): RunEvent {
  const former = formerOf(event);
  return former ? { ...event, data: { ...event.data, ...former } } : event;
}

function formerOf({ type, data }: RunEvent): Data | undefined {
  if (type === "agent.changed") return { why: data.trigger === "repaired" ? "mended" : data.trigger };
  if (type !== "agent.crashed") return undefined;
  const limit = data.limit as Limit | undefined;
  return {
    ...(limit && { reached: { limit: limit.name, value: limit.value, by: limit.enforcedBy } }),
    ...(data.backoffUntilCycle !== undefined && { restsUntil: data.backoffUntilCycle }),
  };
}
