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
  const { episodes, arms } = curvesOf(runs);
  const value = (values: readonly (number | null)[]) => values.map((one) => objectiveValue(one, objective));
  const curves = arms.map(({ arm, mean, low, high }) => ({
    arm,
    mean: value(mean),
    low: value(low),
    high: value(high),
  }));
  return await chartedPage({
    title: "Comparison",
    script: `${projectRoot}/lib/comparison/page/comparison.js`,
    data: { name: scoreName(objective), episodes, curves, sections },
    tables: "comparison.md",
  });
}
