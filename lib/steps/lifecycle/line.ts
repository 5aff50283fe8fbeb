/**
 * Finished cycles as lines of a table, for people.
 *
 * @module
 */

import type { CycleStatistics } from "../../records/cycle.ts";

/** Widths of the columns: lines of all populations that `init` makes stand below each other in 80 columns. */
const widths = { cycle: 7, alive: 8, born: 8, died: 8, disabled: 9, changed: 8, best: 10, median: 10, mean: 10 };

const heading = Object.entries(widths).map(([name, width]) => name.padStart(width)).join("");

/** The lines of the cycles of one command: the heading comes before the first. */
export class CycleTable {
  #began = false;

  /** The lines of a cycle, each with its end. */
  of(cycle: CycleStatistics): string {
    const { alive, born, died, disabled, changed, score, objective } = cycle;
    const counts = { cycle: cycle.cycle, alive, born, died, disabled, changed };
    const { best, median, mean } = objective ?? score;
    const cells = { ...counts, best: shownScore(best), median: shownScore(median), mean: shownScore(mean) };
    const line = Object.entries(widths).map(([name, width]) =>
      String(cells[name as keyof typeof cells]).padStart(width)
    );
    const before = this.#began ? "" : `${heading}\n`;
    this.#began = true;
    return `${before}${line.join("")}\n`;
  }
}

/** A score in at most nine characters: two decimals where these say something, else its size. */
function shownScore(score: number | null): string {
  if (score === null) return "–";
  const fixed = score.toFixed(2);
  const says = score === 0 || Math.abs(score) >= 0.005;
  return says && fixed.length <= 9 ? fixed : score.toExponential(Math.abs(score) < 1e-99 || score <= -1e99 ? 1 : 2);
}

/** What has to be said in words of a cycle besides its line; undefined where nothing has to. */
export function cycleNote({ evaluated, failed, limited, score }: CycleStatistics): string | undefined {
  const ended = Object.entries(failed);
  const failures = ended.reduce((sum, [, n]) => sum + n, 0);
  const notes: string[] = [];
  if (evaluated === 0) notes.push("no evaluation was due in this cycle.");
  else if (failures === evaluated) {
    notes.push(`no score: all ${evaluated} evaluations failed by the agents' own fault.`);
  } else {
    const shared = ended.filter(([cause]) => cause !== "agent").map(([cause, n]) => `${n} by the ${cause}`);
    if (shared.length > 0) {
      notes.push(
        `of ${evaluated} evaluations ${
          shared.join(", ")
        } failed, which counts against no agent; \`deno task explain ID\` has each.`,
      );
    }
  }
  if (score.violation !== undefined) {
    notes.push(`the best is not feasible: it breaks what must hold by ${Number(score.violation.toPrecision(6))}.`);
  }
  if (limited > 0) notes.push(`${limited} ended by a limit of the machine, which another one may not reach.`);
  return notes.length > 0 ? notes.join(" ") : undefined;
}
