/**
 * A report as one page that needs nothing else: no server, no network, no other file.
 *
 * @module
 */

import { projectRoot } from "../../run/paths.ts";
import { chartedPage } from "../../tables/charted_page.ts";
import type { Section } from "../../tables/section.ts";
import { playerParts } from "../../view/page.ts";
import { type ReportCharts, reportCharts } from "./charts/charts.ts";
import { spreadCycles } from "./charts/spreads.ts";
import type { ReplayInReport } from "./replay.ts";
import type { Report } from "./types.ts";

/** What a page shows besides the report. */
export interface PageParts {
  /** Its charts. @default those of the report */
  readonly charts?: ReportCharts;
  /** What the best agent did, drawn, or why it is not. @default there is nothing to be seen */
  readonly replay?: ReplayInReport | undefined;
}

/**
 * A report as an HTML page.
 *
 * Needs read permission for `lib` and `node_modules/uplot`.
 */
export async function html(
  report: Report,
  sections: readonly Section[],
  { charts = reportCharts(report), replay }: PageParts = {},
): Promise<string> {
  // The rest stands in its charts and tables.
  const { summary, objective, race, at, cycles } = report;
  const { founders, surviving, meanGeneration, depth, commonAncestor } = report.lineage;
  const { cycles: _, operators: __, ...births } = report.births;
  return await chartedPage({
    title: "Report of the run",
    script: `${projectRoot}/lib/steps/report/page/page.js`,
    data: {
      report: {
        summary,
        objective,
        race,
        at,
        births,
        cycles: cycles.length,
        counted: cycles.filter(({ counted }) => counted > 0).length,
        spreads: spreadCycles(cycles).length,
        lineage: { founders, surviving, meanGeneration, depth, commonAncestor },
      },
      charts,
      sections,
      replay,
    },
    ...(replay?.player !== undefined && { parts: playerParts() }),
    tables: "report.md",
  });
}
