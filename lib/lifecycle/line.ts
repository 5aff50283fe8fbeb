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

/** What has to be said in words of a cycle besides its line; undefined where nothing has to. */
export function cycleNote({ evaluated, failed }: CycleStatistics): string | undefined {
  const ended = Object.entries(failed);
  const failures = ended.reduce((sum, [, n]) => sum + n, 0);
  if (evaluated === 0) return "no evaluation was due in this cycle.";
  if (failures === evaluated) return `no score: all ${evaluated} evaluations failed by the agents' own fault.`;
  const shared = ended.filter(([cause]) => cause !== "agent");
  if (shared.length === 0) return undefined;
  const told = shared.map(([cause, n]) => `${n} by the ${cause}`).join(", ");
  return `of ${evaluated} evaluations ${told} failed, which counts against no agent; \`explain ID\` has each.`;
}
