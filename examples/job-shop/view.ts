/**
 * The schedule as a Gantt chart: a row for each machine, a colour for each job, and a line where the best known schedule ends.
 *
 * @module
 */

import type { Shape } from "evolve/contract";
import type { State } from "./world.ts";

/** How wide the best known schedule is drawn, how high a row, and how much of that an operation takes. */
const WIDTH = 160;
const ROW = 8;
const BAR = 6;

/** The operations that are scheduled so far. */
export function view({ instance, free, schedule, makespan }: State): Shape[] {
  const scale = WIDTH / instance.best;
  const bottom = ROW * free.length;
  const rows = free.map((_, machine): Shape => ({
    shape: "text",
    x: -14,
    y: ROW * machine + 5,
    text: `M${machine}`,
    size: 4,
  }));
  const bars = schedule.map(({ job, operation, machine, start, end }): Shape => ({
    shape: "cell",
    x: start * scale,
    y: ROW * machine,
    width: (end - start) * scale,
    height: BAR,
    color: job,
    label: `job ${job}, operation ${operation}: ${start} to ${end}`,
  }));
  return [
    ...rows,
    ...bars,
    { shape: "line", points: [[WIDTH, -2], [WIDTH, bottom]], color: "ink", label: `best known: ${instance.best}` },
    {
      shape: "text",
      x: 0,
      y: bottom + 5,
      text: `${instance.name}: ends at ${makespan}, best known ${instance.best}`,
      size: 4,
    },
  ];
}
