/**
 * Makes the report of a run: files in `workspace/reports`, and records or a document on stdout.
 *
 * @module
 */

import { Listing } from "../../db/listing.ts";
import type { Counts, StepContext } from "../../step/context.ts";
import { readIfWhole } from "../../util/files.ts";
import { type ReportCharts, reportCharts } from "./charts/charts.ts";
import { collect } from "./collect.ts";
import { writePieces, writeReports } from "./files.ts";
import { loadPool } from "../../template/pool_store.ts";
import { presentPool } from "../../template/template.ts";
import { parseHistory } from "./history.ts";
import { html } from "./html.ts";
import { lineageCsv } from "./lineage_csv.ts";
import { markdown } from "./markdown.ts";
import { readReplay } from "./replay.ts";
import { records } from "./records.ts";
import { sections } from "./sections.ts";
import type { Report } from "./types.ts";

/** What former reports found out; it may be deleted at any time. */
const historyFile = ".history.json";

/** Longest history in bytes: what is longer is made again. */
const mostHistory = 256 * 1024 * 1024;

/** What is made besides. */
export interface ReportOptions {
  /** Whether each chart is written as an SVG file as well. @default false */
  readonly svg?: boolean;
}

/**
 * Makes the report of a run.
 *
 * Needs read permission for the listing and its write-ahead log, `workspace/template`, `lib` and
 * `node_modules/uplot`, read and write permission for `workspace/reports`. It takes no lock and changes nothing else.
 *
 * @throws {StepFailed} If there is no listing or no pool.
 */
export async function report(step: StepContext, { svg = false }: ReportOptions = {}): Promise<Counts> {
  const { paths, format } = step;
  using listing = Listing.open(paths.listing, { readOnly: true });
  const pool = loadPool(paths, presentPool(listing));
  const history = parseHistory(readIfWhole(`${paths.reports}/${historyFile}`, mostHistory), pool.hash);
  const at = new Date().toISOString();
  const { report, grown } = step.stages.time(
    "collect",
    () => collect(listing, { run: paths.name, pool, history, at }),
  );
  const tables = sections(report), charts = reportCharts(report);
  const documents = {
    "report.json": `${JSON.stringify(report)}\n`,
    "report.md": markdown(tables, report.cycles, report.objective),
    "report.html": await step.stages.time(
      "page",
      () => html(report, tables, { charts, replay: readReplay(report, pool, paths.reports) }),
    ),
  };
  step.stages.time("write", () => {
    writeReports(paths.reports, { ...documents, ...(grown && { [historyFile]: JSON.stringify(history) }) });
    writePieces(`${paths.reports}/lineage.csv`, lineageCsv(listing));
  });
  const drawn = svg ? await writeSvg(step, charts, report) : 0;
  if (format === "md") step.print(documents["report.md"]);
  else if (format === "html") step.print(documents["report.html"]);
  else if (format === "table") step.print((await import("../../step/sections_text.ts")).text(tables));
  else for (const record of records(report)) step.emit(record);
  const { cycles, genes, lineage } = report;
  return {
    updates: 4 + drawn,
    cycles: cycles.length,
    genes: genes.length,
    founders: lineage.founders,
    files: 4 + drawn,
  };
}

/** @returns How many files. */
async function writeSvg(step: StepContext, charts: ReportCharts, report: Report): Promise<number> {
  const { chartFiles, writeCharts } = await import("./charts/files.ts");
  const files = chartFiles(charts, report), folder = `${step.paths.reports}/charts`;
  step.stages.time("svg", () => writeCharts(folder, files));
  step.say(`the charts are in ${folder}.`);
  return files.size;
}
