/**
 * A finished cycle in one line, for people.
 *
 * @module
 */

import type { CycleStatistics } from "../select/statistics.ts";

/** One line that tells of a cycle; columns of equal width, so that lines stand below each other. */
export function cycleLine(cycle: CycleStatistics): string {
  const { best, median, mean } = cycle.score;
  const counts = (["alive", "born", "died", "disabled", "changed"] as const).map((name) =>
    `${name} ${String(cycle[name]).padStart(3)}`
  );
  const limited = cycle.limited > 0 ? `  limited ${cycle.limited}` : "";
  const scores = [best, median, mean].map((score) => (score?.toFixed(2) ?? "–").padStart(6)).join(" /");
  return `cycle ${String(cycle.cycle).padStart(3)}  ${counts.join("  ")}  best / median / mean${scores}${limited}`;
}
