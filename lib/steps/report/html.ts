/**
 * A report as one page that needs nothing else: no server, no network, no other file.
 *
 * @module
 */

import { projectRoot } from "../../run/paths.ts";
import { chartedPage } from "../../tables/charted_page.ts";
import type { Section } from "../../tables/section.ts";
import type { Report } from "./types.ts";

/**
 * A report as an HTML page.
 *
 * Needs read permission for `lib` and `node_modules/uplot`.
 */
export async function html(report: Report, sections: readonly Section[]): Promise<string> {
  // The page's data says what its charts and tables show; files and parameters stand in the tables only.
  const { cycles, genes, lineage, births, steps, summary, objective, at } = report;
  return await chartedPage({
    title: "Report of the run",
    script: `${projectRoot}/lib/steps/report/page/page.js`,
    data: { report: { cycles, genes, lineage, births, steps, summary, objective, at }, sections },
    tables: "report.md",
  });
}
