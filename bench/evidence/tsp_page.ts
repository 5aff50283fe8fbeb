/**
 * The travelling salesman in the evidence.
 *
 * @module
 */

import { compared } from "../../lib/comparison/compared.ts";
import { comparisonSections } from "../../lib/comparison/sections.ts";
import type { ComparedArm } from "../../lib/records/compare.ts";
import type { Objective } from "../../lib/runtime/contract.ts";
import { mean } from "../../lib/statistics/moments.ts";
import { reference } from "../../lib/steps/compare/arms.ts";
import { markdownTable } from "../../lib/tables/markdown_table.ts";
import { type Row, type Section, section } from "../../lib/tables/section.ts";
import { sentences } from "./sentences.ts";
import { peers, published, tsp, type TspRun } from "./tsp.ts";

const objective: Objective = { name: "gap", sense: "minimise" };
const { margin } = tsp;

/** What the arms and the tuners do there. */
export function tspPart(runs: readonly TspRun[], ofPeers: readonly TspRun[]): string[] {
  return [...armsPart(runs), ...peersPart(runs, ofPeers)];
}

function armsPart(runs: readonly TspRun[]): string[] {
  const { budget, seeds, count, tests, primary, name, config } = tsp;
  return [
    "## The travelling salesman",
    "",
    `The template in \`${tsp.template}\`: genes are the parts of a search for the shortest tour, trained on generated instances. ` +
    `Fixed before the runs: ${seeds} seeds; ${budget} judged episodes for each run of an arm that searches; populations of ${count}, ` +
    `${config.world.episodes} episodes an evaluation, the strategy \`${config.selection.strategy}\` with ${config.selection.mu} parents, ` +
    "chosen by pilot runs of other seeds. What was chosen is judged on the " +
    `${tests} generated instances that are there to test with, and on ${published.length} of TSPLIB, which count for nothing else. A score is the mean ` +
    `gap: by how many percent tours are longer than the shortest ones known. The primary comparison is ${reference} with ${primary}; ` +
    `${margin} points are worth seeing.`,
    "",
    ...(runs.length === 0 ? notRun("tsp") : [
      ...tablesOf(compared(runs, { reference, margin })),
      ...markdown(tsplibTable(runs)),
      ...markdown(ownTable(runs)),
      `Raw results: [evidence/${name}.ndjson](evidence/${name}.ndjson).`,
      "",
    ]),
  ];
}

function peersPart(runs: readonly TspRun[], ofPeers: readonly TspRun[]): string[] {
  const { name, primary, tools } = peers;
  const evolved = runs.filter(({ arm }) => arm === reference);
  const all = [...evolved, ...ofPeers];
  return [
    "## Tuners of algorithms",
    "",
    "The same template and runs of evolution beside what is made to configure algorithms, over the same genes and parameters: each " +
    "gene a switch, the parameters of a file there where one of its genes is on, and what does not link forbidden (here all " +
    `links). Fixed before the runs: ${
      tools.map((tool) => `${tool.name} with ${tool.seeds} seeds`).join(", ")
    }; as many judged episodes, ` +
    "each evaluation charged, those again as well; the tuner's own defaults. irace has one training instance after the other, and its " +
    "first elite is what it chooses. TPE has the same training worlds for each trial and then the race among its 16 best trials, as the arm " +
    `\`random\` has them. The same judge decides. The primary comparison is ${reference} with ${primary}; ${margin} points are worth seeing.`,
    "",
    ...(ofPeers.length === 0 || evolved.length === 0 ? notRun("peers") : [
      ...leftOut(ofPeers),
      ...tablesOf(compared(all, { reference, margin })),
      ...markdown(tsplibTable(all)),
      ...markdown(ownTable(all)),
      `Raw results: [evidence/${name}.ndjson](evidence/${name}.ndjson).`,
      "",
    ]),
  ];
}

/** Tuners that were not installed where this was run. */
function leftOut(runs: readonly TspRun[]): string[] {
  const without = peers.tools.filter(({ name }) => !runs.some(({ arm }) => arm === name)).map(({ name }) => name);
  return without.length === 0 ? [] : [`**Left out**, as not installed: ${without.join(", ")}.`, ""];
}

function notRun(part: string): string[] {
  return [
    `**Not run yet**: \`deno task prove --only ${part}\` does that, and goes on where it was when it is killed.`,
    "",
  ];
}

function tablesOf(arms: readonly ComparedArm[]): string[] {
  const tables = comparisonSections(arms, { facts: [], reference, margin, objective });
  return [
    ...tables.filter(({ rows }) => rows.length > 0).flatMap(markdown),
    "In short, differences of the gap, less is better, with intervals of 95 % and p by Holm:",
    "",
    ...sentences(arms, { margin, objective }),
    "",
  ];
}

/** Means of the runs of an arm, instance by instance. */
function tsplibTable(runs: readonly TspRun[]): Section {
  return section(
    "tsplib",
    "TSPLIB: gap to the optimum in %, means of runs",
    `Each run's choice once on each instance; the optima are ${
      published.map(({ name, optimum }) => `${name} ${optimum}`).join(", ")
    }.`,
    [...Map.groupBy(runs, ({ arm }) => arm)],
    [
      ["arm", "words", ([arm]) => arm],
      ...published.map(({ name }, i): Row<[string, TspRun[]]> => [name, "number", ([, runs]) => meanAt(runs, i)]),
      ["all", "number", ([, runs]) => meanOf(runs.flatMap(({ tsplib }) => tsplib))],
    ],
  );
}

/** What searching took besides evaluations. */
function ownTable(runs: readonly TspRun[]): Section {
  return section(
    "own",
    "CPU of the searcher, seconds a run",
    "Without the judged evaluations, which are the same for all: births and selection of an arm, the process of a tuner. Measured on a " +
      "machine that did other work as well.",
    [...Map.groupBy(runs, ({ arm }) => arm)],
    [["arm", "words", ([arm]) => arm], [
      "seconds",
      "number",
      ([, runs]) => mean(runs.map(({ ownMs }) => ownMs / 1000)),
    ]],
  );
}

function meanAt(runs: readonly TspRun[], place: number): number | null {
  return meanOf(runs.map(({ tsplib }) => tsplib[place] ?? null));
}

function meanOf(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : mean(known);
}

function markdown(table: Section): string[] {
  return [markdownTable(table, table.rows.length).replace(/^##/, "###")];
}
