/**
 * Events, made for tests.
 *
 * @module
 */

import type { CycleStatistics } from "../../../lib/records/cycle.ts";
import type { RunEvent } from "../../../lib/records/events.ts";
import type { Message } from "../../../lib/hooks/message.ts";
import { Listing } from "../../../lib/db/listing.ts";
import { recordEvent } from "../../../lib/db/events.ts";

/** One event of each number. */
export function anEvent(number = 1): RunEvent {
  return {
    number,
    type: "cycle.finished",
    cycle: number,
    id: null,
    at: "2030-01-01T00:00:00.000Z",
    data: cycleOf(number),
  };
}

/** The same on its way to a hook. */
export function aMessage(number = 1): Message {
  return { event: { ...anEvent(number), eventId: `evt_${number}` }, seed: "s" };
}

/** What is told of a cycle of this number. */
function cycleOf(cycle: number): CycleStatistics {
  const score = { best: 1, median: 1, mean: 1, ranked: 3 };
  return { cycle, alive: 3, born: 2, died: 0, disabled: 0, changed: 0, score, evaluated: 3, failed: {}, limited: 0 };
}

/** Adds cycles to a listing: of each, two agents born and the cycle finished. */
export function addEvents(listing: Listing, cycles: number): void {
  listing.transaction(() => {
    for (let cycle = 1; cycle <= cycles; cycle++) {
      for (const name of ["a", "b"]) {
        recordEvent(listing, cycle, "agent.born", `${name}${cycle}`, { kind: "birth", generation: cycle, parents: [] });
      }
      recordEvent(listing, cycle, "cycle.finished", null, cycleOf(cycle));
    }
  });
}

/** A run in a folder of its own, with the events of some cycles and, if given, a configuration. */
export async function makeEvents(cycles: number, config?: unknown): Promise<string> {
  const root = await Deno.makeTempDir();
  await Deno.mkdir(`${root}/workspace`);
  if (config) await Deno.writeTextFile(`${root}/workspace/config.json`, JSON.stringify(config));
  using listing = Listing.open(`${root}/workspace/listing.db`, { create: true });
  addEvents(listing, cycles);
  return root;
}

/** Has the back-offs of a run's hooks be over. */
export function makeDue(root: string): void {
  using listing = Listing.open(`${root}/workspace/listing.db`);
  listing.db.exec("UPDATE deliveries SET due_ms = 0; UPDATE hook_backoffs SET until_ms = 0;");
}

/** The numbers that stand in the log of events. */
export async function loggedNumbers(root: string): Promise<number[]> {
  const text = await Deno.readTextFile(`${root}/logs/events.ndjson`);
  return text.split("\n").slice(0, -1).map((line) => JSON.parse(line).number);
}

/** The whole numbers from 1. */
export function upTo(last: number): number[] {
  return Array.from({ length: last }, (_, i) => i + 1);
}
