/**
 * Scores over cycles as a chart of block signs, for where neither pictures nor scripts are shown.
 *
 * @module
 */

import type { CycleReport } from "../../records/report_cycle.ts";
import { objectiveValue } from "../../records/objective.ts";
import type { Objective } from "../../runtime/contract.ts";
import { show } from "../../tables/show.ts";
import { spread } from "../../tables/spread.ts";

/** How many cycles a chart shows at most: as many signs as a line of a narrow page has. */
const mostPoints = 60;
const blocks = "▁▂▃▄▅▆▇█";

type Values = readonly (number | null)[];

/**
 * Best and mean score on one scale, and the spread of the evaluations on its own, a line each.
 *
 * @param objective What scores stand for: its values are shown; absent: the scores.
 * @returns Lines of numbers, block signs and fixed words; empty where no cycle has a score.
 */
export function scoreChart(cycles: readonly CycleReport[], objective?: Objective): string {
  const shown = spread(cycles, mostPoints);
  const best = shown.map(({ score }) => objectiveValue(score.best, objective));
  const mean = shown.map(({ score }) => objectiveValue(score.mean, objective));
  const deviation = shown.map(({ evaluations }) => evaluations.deviation);
  const scores = [...best, ...mean].filter((value) => value !== null);
  if (scores.length === 0) return "";
  return [
    line("best", best, scores),
    line("mean", mean, scores),
    line("spread", deviation, deviation),
    `cycles ${cycles[0]!.cycle} to ${cycles.at(-1)!.cycle}${
      shown.length < cycles.length ? `, ${shown.length} of ${cycles.length} shown, evenly spread` : ""
    }; spread is the standard deviation of a cycle's own evaluations`,
  ].join("\n");
}

function line(name: string, values: Values, scale: Values): string {
  const known = values.filter((value) => value !== null);
  const ends = known.length === 0 ? "–" : `${show(known[0]!, "number")} → ${show(known.at(-1)!, "number")}`;
  return `${name.padEnd(7)}${bars(values, scale)}  ${ends}`;
}

/** A sign for each value; a blank where there is none. */
function bars(values: Values, scale: Values): string {
  const known = scale.filter((value) => value !== null);
  const least = Math.min(...known), range = Math.max(...known) - least;
  const block = (value: number) => blocks[range > 0 ? Math.round((value - least) / range * (blocks.length - 1)) : 3]!;
  return values.map((value) => value === null ? " " : block(value)).join("");
}
