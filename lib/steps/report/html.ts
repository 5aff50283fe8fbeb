/**
 * A report as one page that needs nothing else: no server, no network, no other file.
 *
 * @module
 */

import { projectRoot } from "../../run/paths.ts";
import { embeddedJson } from "../../util/embedded_json.ts";
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
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; base-uri 'none'; \
form-action 'none'; script-src 'sha256-${await digest(script)}'; style-src 'sha256-${await digest(style)}'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>Report of the run</title>
<link rel="icon" href="data:,">
<style>${style}</style>
</head>
<body>
<main id="report"><noscript><p>This page draws its charts and tables with JavaScript, which is switched off here; \
report.md beside it holds the same tables.</p></noscript></main>
<script type="application/json" id="data">${embeddedJson(data)}</script>
<script>${script}</script>
</body>
</html>
`;
}

async function digest(text: string): Promise<string> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text))).toBase64();
}
