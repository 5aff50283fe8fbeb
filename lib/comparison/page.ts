/**
 * A comparison as one page that needs nothing else: no server, no network, no other file.
 *
 * @module
 */

import type { ComparedRun } from "../records/compare.ts";
import { objectiveValue, scoreName } from "../records/objective.ts";
import { projectRoot } from "../run/paths.ts";
import type { Objective } from "../runtime/contract.ts";
import { chartedPage } from "../tables/charted_page.ts";
import { type Chart, chartLine } from "../tables/chart.ts";
import type { Section } from "../tables/section.ts";
import { curvesOf } from "./curves.ts";

/**
 * The page.
 *
 * Needs read permission for `lib` and `node_modules/uplot`.
 *
 * @param objective What scores stand for; absent: the scores.
 */
export async function comparisonPage(
  runs: readonly ComparedRun[],
  sections: readonly Section[],
  objective?: Objective,
): Promise<string> {
  return await chartedPage({
    title: "Comparison",
    script: `${projectRoot}/lib/comparison/page/comparison.js`,
    data: { chart: curvesChart(runs, objective), sections },
    tables: "comparison.md",
  });
}

/** What each arm would have chosen at a time; null where the runs have no curves. */
function curvesChart(runs: readonly ComparedRun[], objective: Objective | undefined): Chart | null {
  const { episodes, arms } = curvesOf(runs);
  if (episodes.length < 2) return null;
  const name = scoreName(objective);
  return {
    kind: "lines",
    title: `${name} over judged episodes, for each arm`,
    x: episodes,
    xLabel: "judged episodes",
    yLabel: name,
    values: "number",
    lines: arms.map(({ arm, mean }, i) =>
      chartLine(arm, i, mean.map((one) => objectiveValue(one, objective)), { points: false })
    ),
  };
}
