/**
 * A report as one page that needs nothing else: no server, no network, no other file.
 *
 * @module
 */

import { projectRoot } from "../../run/paths.ts";
import { chartedPage } from "../../tables/charted_page.ts";
import type { ParameterSpread, SpreadReport } from "../../records/report_cycle.ts";
import { evenly, spread } from "../../tables/spread.ts";
import type { Section } from "../../tables/section.ts";
import { playerParts } from "../../view/page.ts";
import type { ReplayInReport } from "./replay.ts";
import type { Report } from "./types.ts";

/**
 * A report as an HTML page.
 *
 * Needs read permission for `lib` and `node_modules/uplot`.
 *
 * @param replay What the best agent did, drawn, or why it is not. @default there is nothing to be seen
 */
export async function html(
  report: Report,
  sections: readonly Section[],
  replay?: ReplayInReport,
): Promise<string> {
  // The page's data says what its charts and tables show; files and parameters stand in the tables only.
  const { genes, births, steps, summary, objective, race, at } = report;
  const { ancestry: _, ...lineage } = report.lineage;
  // Of how frequent each gene was there is a column for some cycles: the rest would be half of the page.
  const heat = new Set(evenly(report.cycles.filter(({ counted }) => counted > 0), mostHeat).map(({ cycle }) => cycle));
  const cycles = report.cycles.map(({ parameters: _, measures: __, genes, ...cycle }) => ({
    ...cycle,
    ...(heat.has(cycle.cycle) && { genes }),
  }));
  return await chartedPage({
    title: "Report of the run",
    script: `${projectRoot}/lib/steps/report/page/page.js`,
    data: {
      report: { cycles, genes, lineage, births, steps, summary, objective, race, at },
      spreads: spreadsOf(report),
      sections,
      replay,
    },
    ...(replay?.player !== undefined && { parts: playerParts() }),
    tables: "report.md",
  });
}

/** How many cycles the heat map of genes shows. */
const mostHeat = 40;

/** How many cycles the charts of spreads show. */
const mostSpreads = 100;

/** Quartiles by cycle, and the association of parameters: a list for each name, null where there is none in a cycle. */
function spreadsOf({ cycles }: Report) {
  const shown = spread(cycles.filter(({ counted }) => counted > 0), mostSpreads);
  return {
    cycles: shown.map(({ cycle }) => cycle),
    parameters: listsOf(shown.map(({ parameters }) => parameters)),
    measures: listsOf(shown.map(({ measures }) => measures)),
  };
}

type Numbers = readonly (number | null)[];

function listsOf(
  all: readonly (Readonly<Record<string, SpreadReport & Partial<ParameterSpread>>> | undefined)[],
): Record<string, (Numbers | null)[]> {
  const names = [...new Set(all.flatMap((one) => Object.keys(one ?? {})))];
  return Object.fromEntries(names.map((name) => [
    name,
    all.map((one) => {
      const found = one?.[name];
      return found ? [found.count, found.lower, found.median, found.upper, found.association?.rho ?? null] : null;
    }),
  ]));
}
