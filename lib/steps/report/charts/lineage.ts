/**
 * The branches of the lineage as a Muller plot.
 *
 * @module
 */

import type { BranchReport, LineageReport } from "../../../records/report_lineage.ts";
import { type Chart, type ChartLine, colorAt } from "../../../tables/chart.ts";

/** Shares of those alive: a band for each branch, which opens in the middle of the one that it grew out of. */
export function lineageChart({ branches, alive }: LineageReport): Chart {
  const rest = alive.map((count, i) => count - branches.reduce((sum, branch) => sum + branch.alive[i]!, 0));
  return {
    kind: "stacked",
    title: "Shares of the branches of the lineage over cycles",
    x: alive.map((_, cycle) => cycle),
    xLabel: "cycle",
    yLabel: "share of those alive",
    values: "share",
    within: [0, 1],
    total: alive,
    lines: [...nested(branches), { label: "others", color: "rest", values: rest }],
  };
}

/** Bands from the bottom to the top. */
function nested(branches: readonly BranchReport[], from: string | null = null): ChartLine[] {
  return branches.flatMap((branch, i): ChartLine[] => {
    if (branch.from !== from) return [];
    const within = nested(branches, branch.root);
    const band = { label: branchName(branch), color: colorAt(i), values: branch.alive };
    if (within.length === 0) return [band];
    return [{ ...band, part: 0.5 }, ...within, { ...band, label: null, part: 0.5 }];
  });
}

/** A branch by the genes that its root had gained, and by the root's id and its cycle of birth. */
function branchName({ root, born, changes }: BranchReport): string {
  const gained = changes?.gained.map((gene) => gene.replace(/^src\/(.*)\.ts#/, "$1#")) ?? [];
  const more = gained.length > 2 ? ` and ${gained.length - 2} more` : "";
  return `${root.slice(0, 8)} (${born})${gained.length > 0 ? ` +${gained.slice(0, 2).join(", ")}${more}` : ""}`;
}
