/**
 * The tables of what a population is made of, cycle by cycle: diversity, fitness, measures, parameters.
 *
 * @module
 */

import type { CycleReport, ParameterSpread, SpreadReport } from "../../records/report_cycle.ts";
import { scoreName } from "../../records/objective.ts";
import { type Row, type Section, section } from "../../tables/section.ts";
import type { Report } from "./types.ts";

/** The tables; those of which nothing is known have no rows. */
export function spreadSections({ cycles, objective }: Report): Section[] {
  const last = cycles.findLast(({ counted }) => counted > 0);
  return [
    section(
      "diversity",
      "Diversity by cycle",
      "Of the genomes that were evaluated: entropy of genes in bits, 1 where each is on in half of the agents; mean distance of " +
        "pairs drawn from the run's seed, over genes and the parameters that both have (Gower 1971); as many genomes as equally " +
        "frequent ones would be as diverse.",
      cycles.filter(({ diversity }) => diversity),
      [
        ["cycle", "count", (cycle) => cycle.cycle],
        ["entropy", "number", ({ diversity }) => diversity!.entropy],
        ["distance", "number", ({ diversity }) => diversity!.distance],
        ["effective genomes", "number", ({ diversity }) => diversity!.effective],
        ["genomes", "count", (cycle) => cycle.genomes],
        ["agents", "count", (cycle) => cycle.counted],
      ],
    ),
    section(
      "fitness",
      "Fitness by cycle",
      `Quartiles of what selection went by, where that is another number than the ${scoreName(objective)}.`,
      cycles.filter(({ fitness }) => fitness),
      [["cycle", "count", (cycle) => cycle.cycle], ...spreadColumns<CycleReport>(({ fitness }) => fitness!)],
    ),
    section(
      "measures",
      `Measures in cycle ${last?.cycle ?? 0}`,
      "Quartiles over the judged evaluations.",
      Object.entries(last?.measures ?? {}),
      [["measure", "text", ([name]) => name], ...spreadColumns<[string, SpreadReport]>(([, spread]) => spread)],
    ),
    section(
      "carried",
      `Parameters in cycle ${last?.cycle ?? 0}`,
      `Quartiles over the agents that have the file active, and how the ${
        scoreName(objective)
      } goes with the value over distinct genomes ` +
        "(Spearman's rank correlation): an association, no effect.",
      Object.entries(last?.parameters ?? {}),
      [
        ["parameter", "text", ([name]) => name],
        ...spreadColumns<[string, ParameterSpread]>(([, spread]) => spread),
        ["association", "number", ([, { association }]) => association?.rho ?? null],
        ["genomes", "count", ([, { association }]) => association?.genomes ?? null],
      ],
    ),
  ];
}

function spreadColumns<T>(of: (one: T) => SpreadReport): Row<T>[] {
  return [
    ["values", "count", (one) => of(one).count],
    ["lower quartile", "number", (one) => of(one).lower],
    ["median", "number", (one) => of(one).median],
    ["upper quartile", "number", (one) => of(one).upper],
  ];
}
