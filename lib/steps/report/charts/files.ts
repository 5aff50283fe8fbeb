/**
 * The charts of a report as SVG files.
 *
 * @module
 */

import type { Chart } from "../../../tables/chart.ts";
import { chartSvg } from "../../../tables/svg/chart_svg.ts";
import { heatSvg } from "../../../tables/svg/heat_svg.ts";
import { infoOf, removeFile, writeFileAtomicSync } from "../../../util/files.ts";
import type { Report } from "../types.ts";
import type { ReportCharts } from "./charts.ts";
import type { ChosenCharts } from "./spreads.ts";

/** Each chart as a file's text, by the file's name. */
export function chartFiles({ genes, parameters, measures, ...charts }: ReportCharts, { summary }: Report) {
  const { run, seed, cycle } = summary;
  const of = `Of ${run === null ? "the run" : `the run ${run}`} after cycle ${cycle}, seed ${seed ?? "unknown"}.`;
  const files = new Map<string, string>();
  for (const [name, chart] of Object.entries(charts)) {
    files.set(`${name}.svg`, chartSvg(chart, `${namesOf(chart)} ${of}`));
  }
  if (genes) files.set("genes.svg", heatSvg(genes, `A row is a gene. ${of}`));
  for (const [kind, chosen] of [["parameter", parameters], ["measure", measures]] as const) {
    for (const one of chosen) addChosen(files, kind, one, of);
  }
  return files;
}

const suffixes = ["", "-association", "-carriers"];

function addChosen(files: Map<string, string>, kind: string, { name, charts }: ChosenCharts, of: string): void {
  const stem = `${kind}-${
    name.replace(/^src\//, "").replace(/\.ts#/, "-").replace(/[^A-Za-z0-9_-]+/g, "-").replace(/-$/, "")
  }`;
  // Two names may be one in what files may be called.
  const unlike = files.has(`${stem}.svg`) ? `-${files.size}` : "";
  charts.forEach((chart, i) => {
    files.set(`${stem}${unlike}${suffixes[i]}.svg`, chartSvg(chart, `${namesOf(chart)} ${of}`));
  });
}

function namesOf({ kind, lines, xLabel }: Chart): string {
  const names = lines.flatMap(({ label }) => label ?? []);
  return `${kind === "stacked" ? "Areas" : "Lines"} over the ${xLabel}: ${names.join("; ")}.`;
}

/**
 * Writes files into a folder, which is made where it is missing; SVG files that are no more of them are removed.
 *
 * Needs read and write permission for the folder.
 */
export function writeCharts(folder: string, files: ReadonlyMap<string, string>): void {
  Deno.mkdirSync(folder, { recursive: true });
  for (const [name, text] of files) writeFileAtomicSync(`${folder}/${name}`, text);
  for (const { name } of Deno.readDirSync(folder)) {
    if (name.endsWith(".svg") && !files.has(name) && infoOf(`${folder}/${name}`)?.isFile) {
      removeFile(`${folder}/${name}`);
    }
  }
}
