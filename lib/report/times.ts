/**
 * Where the time went.
 *
 * @module
 */

import type { Listing } from "../agents/listing.ts";

/** The time of one step over all cycles. */
export interface StepReport {
  readonly step: string;
  readonly runs: number;
  /** Wall-clock time of all runs, in milliseconds. */
  readonly wallMs: number;
  /** Of all steps' time, in [0, 1]; null where that is 0. */
  readonly share: number | null;
  /** How many things it changed in all. */
  readonly acted: number;
  /** `[cycle, milliseconds]` of each cycle in which it ran. */
  readonly cycles: readonly (readonly [number, number])[];
}

const order = ["init", "scan", "sync-wiring", "build", "supervise", "select", "hooks"];

/** Reads how long each step took. */
export function readSteps(listing: Listing): StepReport[] {
  const steps = new Map<string, { runs: number; wallMs: number; acted: number; cycles: [number, number][] }>();
  const rows = listing.rows<{ step: string; cycle: number; runs: number; wall: number; acted: number | null }>(
    `SELECT step, cycle, count(*) AS runs, total(wall_ms) AS wall, total(counts ->> '$.acted') AS acted
     FROM runs_of_steps GROUP BY step, cycle ORDER BY step, cycle`,
  );
  for (const row of rows) {
    let step = steps.get(row.step);
    if (!step) steps.set(row.step, step = { runs: 0, wallMs: 0, acted: 0, cycles: [] });
    step.runs += row.runs;
    step.wallMs += row.wall;
    step.acted += row.acted ?? 0;
    step.cycles.push([row.cycle, Math.round(row.wall)]);
  }
  let sum = 0;
  for (const step of steps.values()) sum += step.wallMs;
  return [...steps].sort(([a], [b]) => place(a) - place(b) || (a < b ? -1 : 1)).map(([name, step]) => ({
    step: name,
    ...step,
    wallMs: Math.round(step.wallMs),
    share: sum === 0 ? null : step.wallMs / sum,
  }));
}

function place(step: string): number {
  const index = order.indexOf(step);
  return index < 0 ? order.length : index;
}
