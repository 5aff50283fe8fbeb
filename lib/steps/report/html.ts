/**
 * A report as one page that needs nothing else: no server, no network, no other file.
 *
 * @module
 */

import { projectRoot } from "../../run/paths.ts";
import { embeddedJson } from "../../util/embedded_json.ts";
import { offlinePage } from "../../util/offline_page.ts";
import type { Section } from "../../tables/section.ts";
import type { Report } from "./types.ts";

const page = `${projectRoot}/lib/steps/report/page`;
const library = `${projectRoot}/node_modules/uplot/dist`;

/**
 * A report as an HTML page.
 *
 * All that the run says stands in one block of JSON, which no browser runs, and reaches the page as text
 * only. Should something get out of there all the same, the page's policy runs no script but its own.
 *
 * Needs read permission for `lib/report/page` and `node_modules/uplot`.
 */
export async function html(report: Report, sections: readonly Section[]): Promise<string> {
  const script = [
    Deno.readTextFileSync(`${library}/uPlot.iife.min.js`),
    Deno.readTextFileSync(`${page}/charts.js`),
    Deno.readTextFileSync(`${page}/elements.js`),
    Deno.readTextFileSync(`${page}/page.js`),
  ].join("\n").replaceAll("</script", "<\\/script").replaceAll("<!--", "<\\!--");
  const style = `${Deno.readTextFileSync(`${library}/uPlot.min.css`)}\n${Deno.readTextFileSync(`${page}/page.css`)}`;
  // The page's data says what its charts and tables show; files and parameters stand in the tables only.
  const { cycles, genes, lineage, births, steps, summary, objective, at } = report;
  const data = { report: { cycles, genes, lineage, births, steps, summary, objective, at }, sections };
  return await offlinePage({
    title: "Report of the run",
    style,
    script,
    main:
      `<main id="report"><noscript><p>This page draws its charts and tables with JavaScript, which is switched off here; \
report.md beside it holds the same tables.</p></noscript></main>`,
    data: embeddedJson(data),
  });
}
