/**
 * Tables and charts as one page that needs nothing else.
 *
 * @module
 */

import { projectRoot } from "../run/paths.ts";
import { embeddedJson } from "../util/embedded_json.ts";
import { offlinePage } from "../util/offline_page.ts";
import { chartColorsCss } from "./chart_colors.ts";

const page = `${projectRoot}/lib/tables/page`;
const library = `${projectRoot}/node_modules/uplot/dist`;

/** What a page shows. */
export interface ChartedPage {
  /** Plain text of ours. */
  readonly title: string;
  /** Path of the script that draws it, with the elements and charts of `lib/tables/page`. */
  readonly script: string;
  /** What it is drawn from. */
  readonly data: unknown;
  /** Scripts and styles of others that it calls, as texts. @default none */
  readonly parts?: { readonly script: string; readonly style: string };
  /** The file that has the same tables, for where no script is run. */
  readonly tables: string;
}

/**
 * The page, drawn into the element `report`.
 *
 * All that a run says stands in one block of JSON, which no browser runs, and reaches the page as text only. Should something get
 * out of there all the same, the page's policy runs no script but its own.
 *
 * Needs read permission for `lib` and `node_modules/uplot`.
 */
export async function chartedPage({ title, script, data, tables, parts }: ChartedPage): Promise<string> {
  const scripts = [
    ...[`${library}/uPlot.iife.min.js`, `${page}/charts.js`, `${page}/elements.js`].map((path) =>
      Deno.readTextFileSync(path)
    ),
    ...(parts ? [parts.script] : []),
    Deno.readTextFileSync(script),
  ].join("\n")
    .replaceAll("</script", "<\\/script").replaceAll("<!--", "<\\!--");
  return await offlinePage({
    title,
    style: [
      Deno.readTextFileSync(`${library}/uPlot.min.css`),
      chartColorsCss(),
      Deno.readTextFileSync(`${page}/page.css`),
      ...(parts ? [parts.style] : []),
    ].join("\n"),
    script: scripts,
    main:
      `<main id="report"><noscript><p>This page draws its charts and tables with JavaScript, which is switched off here; \
${tables} beside it holds the same tables.</p></noscript></main>`,
    data: embeddedJson(data),
  });
}
