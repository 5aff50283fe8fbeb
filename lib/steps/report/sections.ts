/**
 * A report as titled tables: what Markdown, the terminal and the page show alike.
 *
 * @module
 */

import type { BirthCycleReport, BranchReport } from "../../records/report_lineage.ts";
import type { CycleReport } from "../../records/report_cycle.ts";
import { objectiveValue, scoreName } from "../../records/objective.ts";
import type { StepReport, Tally } from "../../records/report.ts";
import { causes } from "../../records/cause.ts";
import { bestAgent } from "./best_agent.ts";
import { costSection } from "./cost_section.ts";
import { leaderSections } from "./leader_sections.ts";
import { failures } from "./failures.ts";
import { frontSections } from "./front_sections.ts";
import { betterNote, quartiles, scoresTitle } from "./objective.ts";
import { spreadSections } from "./spread_sections.ts";
import { type Row, type Section, section } from "../../tables/section.ts";
import { evenly } from "../../tables/spread.ts";
import { cycleRaces, finalRace, raceControls } from "./race_sections.ts";
import { operatorSection } from "./operator_section.ts";
import { summaryRows } from "./summary.ts";
import { evaluatorSection } from "./evaluator_section.ts";
import type { Report } from "./types.ts";

/** How many cycles the table of gene activation shows. */
const activationColumns = 12;

/** A report as titled tables, in the order in which they are read. */
export function sections(report: Report): Section[] {
  const { cycles, genes, lineage, births, steps, objective } = report;
  const value = (score: number | null) => objectiveValue(score, objective);
  const name = scoreName(objective), better = betterNote(objective);
  const first = cycles.find((cycle) => cycle.counted > 0);
  const of = new Map(cycles.map((cycle) => [cycle.cycle, cycle]));
  return [
    {
      id: "summary",
      title: "Summary",
      note: "",
      columns: [{ name: "what", kind: "words" }, { name: "value", kind: "words" }],
      rows: summaryRows(report),
    },
    section(
      "failures",
      "Failures by cause",
      "Evaluations over all cycles, and agents that are disabled now. Only the cause agent counts against an agent.",
      causes.map((cause) => ({ cause, ...failures(report, cause) })).filter((one) =>
        one.evaluations + one.disabled > 0
      ),
      [
        ["cause", "text", (one) => one.cause],
        ["failed evaluations", "count", (one) => one.evaluations],
        ["disabled agents", "count", (one) => one.disabled],
      ],
    ),
    bestAgent(report),
    section("scores", scoresTitle("by cycle", objective), `Of the results that selection ranked.${better}`, cycles, [
      ["cycle", "count", (cycle) => cycle.cycle],
      ["best", "number", (cycle) => value(cycle.score.best)],
      ["median", "number", (cycle) => value(cycle.score.median)],
      ["mean", "number", (cycle) => value(cycle.score.mean)],
      ["ranked", "count", (cycle) => cycle.score.ranked],
    ]),
    section(
      "evaluations",
      "Evaluations by cycle",
      `Of each cycle's own judged evaluations, all in the same worlds.${better}`,
      cycles,
      [
        ["cycle", "count", (cycle) => cycle.cycle],
        ["evaluations", "count", (cycle) => cycle.evaluations.count],
        ["best", "number", (cycle) => value(cycle.evaluations.max)],
        ["upper quartile", "number", (cycle) => value(quartiles(cycle.evaluations, objective)[0])],
        ["mean", "number", (cycle) => value(cycle.evaluations.mean)],
        ["lower quartile", "number", (cycle) => value(quartiles(cycle.evaluations, objective)[1])],
        ["deviation", "number", (cycle) => cycle.evaluations.deviation],
      ],
    ),
    section("population", "Population by cycle", "Alive means active after selection, newborns included.", cycles, [
      ["cycle", "count", (cycle) => cycle.cycle],
      ["alive", "count", (cycle) => cycle.alive],
      ["born", "count", (cycle) => cycle.born],
      ["died", "count", (cycle) => cycle.died],
      ["disabled", "count", (cycle) => cycle.disabled],
      ["changed", "count", (cycle) => cycle.changed],
      ["limited", "count", (cycle) => cycle.limited],
      ["genomes", "count", (cycle) => cycle.genomes],
    ]),
    ...spreadSections(report),
    costSection(cycles),
    activation(cycles, genes.map((gene) => gene.gene)),
    section(
      "genes",
      "Genes now",
      "Share of the active agents that have a gene switched on, and the " +
        `${
          objective ? `mean ${name}` : "mean scores"
        } of those with and without it: a difference is no proof of a cause.${better}`,
      genes,
      [
        ["gene", "text", (gene) => gene.gene],
        ["phase", "text", (gene) => gene.phase],
        ["active", "count", (gene) => gene.active],
        ["share", "share", (gene) => gene.share],
        ["share at first", "share", (gene) => first ? (first.genes[gene.gene] ?? 0) / first.counted : null],
        [`${name} with`, "number", (gene) => value(gene.scoreWith)],
        [`${name} without`, "number", (gene) => value(gene.scoreWithout)],
      ],
    ),
    section(
      "parameters",
      "Parameters now",
      "Over the active agents that have the file switched on.",
      report.parameters,
      [
        ["file", "text", (one) => one.file],
        ["parameter", "text", (one) => one.parameter],
        ["agents", "count", (one) => one.agents],
        ["mean", "number", (one) => one.mean],
        ["deviation", "number", (one) => one.deviation],
        ["default", "number", (one) => one.range.default],
        ["least", "number", (one) => one.range.min],
        ["most", "number", (one) => one.range.max],
      ],
    ),
    section(
      "clades",
      "Largest clades",
      "A clade is a founder with all its descendants, each counted with the parent that gave it its genome.",
      lineage.largest,
      [
        ["founder", "id", (clade) => clade.founder],
        ["active", "count", (clade) => clade.active],
        ["share", "share", (clade) => clade.share],
        ["members ever", "count", (clade) => clade.members],
        ["generations", "count", (clade) => clade.depth],
      ],
    ),
    section(
      "branches",
      "Branches of the lineage",
      "An agent with its descendants, those of another branch left out: cut so that each sweep shows. A branch stands below the one that " +
        "it grew out of.",
      nested(lineage.branches),
      [
        ["root", "words", (branch) => `${"└\u00a0".repeat(branch.depth)}${branch.root.slice(0, 8)}`],
        ["born", "count", (branch) => branch.born],
        ["generation", "count", (branch) => branch.generation],
        ["grew out of", "id", (branch) => branch.from],
        ["active", "count", (branch) => branch.active],
        ["most alive", "count", (branch) => Math.max(...branch.alive)],
      ],
    ),
    section(
      "births",
      "Births by cycle",
      "Unviable: disabled before the first result. Unchanged: the child's genome is its parent's. Mutated: something is " +
        "as in no parent. Recombined: a parameter that differs from the first parent is exactly a mate's, and neither a " +
        "bound nor the default. Undecided: a change may be a mate's as well as a mutation, as with every switch that a " +
        "mate has so. A birth may be all of these.",
      births.cycles,
      [
        ["cycle", "count", (one) => one.cycle],
        ["births", "count", (one) => one.births],
        ["copies", "count", (one) => one.copies],
        ...(births.cycles.some(({ random }) => random > 0) ? [randomColumn] : []),
        ["unviable", "count", (one) => one.unviable],
        ...(["unchanged", "mutated", "recombined", "undecided", "switches", "parameters"] as const).map((
          name,
        ): Row<BirthCycleReport> => [name, "count", (one) => of.get(one.cycle)?.gestations[name] ?? 0]),
      ],
    ),
    operatorSection(births),
    section("time", "Where the time went", timeNote, steps, [
      ["step", "text", (step) => step.step],
      ["runs", "count", (step) => step.runs],
      ["time", "ms", (step) => step.wallMs],
      ...(steps.some(({ cpuMs }) => cpuMs !== undefined) ? [cpuColumn] : []),
      ["share", "share", (step) => step.share],
      ["updates", "count", (step) => step.updates],
      ["per second", "number", (step) => step.perSecond],
    ]),
    ...evaluatorSection(steps),
    section(
      "stages",
      "Stages of the steps",
      "Over all cycles. Stages that are at work side by side sum up to more than their step's time. Those of workers " +
        "are for a batch of agents.",
      steps.flatMap(({ step, stages }) => stages.map((stage) => ({ step, ...stage }))),
      [
        ["step", "text", (one) => one.step],
        ["stage", "text", (one) => one.stage],
        ["times", "count", (one) => one.count],
        ["in all", "ms", (one) => one.totalMs],
        ["median", "fine ms", (one) => one.p50],
        ["99 %", "fine ms", (one) => one.p99],
      ],
    ),
    tally("outcomes", "Evaluations by outcome", "outcome", report.outcomes),
    tally("disabled", "Disabled now, by reason", "reason", report.disabled),
    tally("deaths", "Deaths by reason", "reason", report.deaths),
    cycleRaces(report),
    finalRace(report),
    raceControls(report),
    ...leaderSections(report),
    ...frontSections(report),
  ];
}

/** Branches, each below the one that it grew out of, and how deep that is. */
function nested(branches: readonly BranchReport[], from: string | null = null, depth = 0): NestedBranch[] {
  return branches.filter((branch) => branch.from === from)
    .flatMap((branch) => [{ ...branch, depth }, ...nested(branches, branch.root, depth + 1)]);
}

type NestedBranch = BranchReport & { readonly depth: number };

const timeNote =
  "Wall-clock time of each step over all cycles, and over all runs of it, interrupted and failed ones included; of one that was " +
  "killed nothing is known. CPU is that of the processes that evaluated and judged: of several at once, more than the time.";

const cpuColumn: Row<StepReport> = ["CPU", "ms", ({ cpuMs }) => cpuMs ?? null];

const randomColumn: Row<BirthCycleReport> = ["random", "count", ({ random }) => random];

function activation(cycles: readonly CycleReport[], genes: readonly string[]): Section {
  const shown = evenly(cycles.filter((cycle) => cycle.counted > 0), activationColumns);
  return section(
    "activation",
    "Gene activation over time",
    `Share of the genomes that were evaluated in a cycle${
      shown.length < cycles.length ? `; ${shown.length} of ${cycles.length} cycles, at even distances` : ""
    }.`,
    genes,
    [
      ["gene", "text", (gene) => gene],
      ...shown.map((cycle): Row<string> => [
        `cycle ${cycle.cycle}`,
        "share",
        (gene) => (cycle.genes[gene] ?? 0) / cycle.counted,
      ]),
    ],
  );
}

function tally(id: string, title: string, name: string, tallies: readonly Tally[]): Section {
  return section(id, title, "", tallies, [
    [name, "text", (one) => one.name],
    ["cause", "text", (one) => one.cause],
    ["count", "count", (one) => one.count],
  ]);
}
