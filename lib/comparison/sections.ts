/**
 * A comparison as titled tables: what Markdown, the terminal and the page show alike.
 *
 * @module
 */

import { objectiveValue, scoreName } from "../records/objective.ts";
import type { ComparedArm, ComparedRun } from "../records/compare.ts";
import type { Objective } from "../runtime/contract.ts";
import { leastRuns } from "./compared.ts";
import { type Row, type Section, section } from "../tables/section.ts";

/** What is to be known of a comparison besides its runs. */
export interface ComparisonFacts {
  /** What was compared and how: names and values, in the order in which they are read. */
  readonly facts: readonly (readonly [name: string, value: string])[];
  readonly reference: string;
  readonly margin?: number;
  /** What scores stand for. @default the scores */
  readonly objective?: Objective;
  /** Whether arms are groups of runs of the project, of unequal length, and not of one budget. @default false */
  readonly isOfRuns?: boolean;
}

/** The tables of the arms. */
export function comparisonSections(
  arms: readonly ComparedArm[],
  { facts, reference, margin, objective, isOfRuns = false }: ComparisonFacts,
): Section[] {
  const turned = objective?.sense === "minimise";
  const name = scoreName(objective);
  const value = (score: number | null) => objectiveValue(score, objective);
  const unit = isOfRuns ? "group" : "arm";
  const better = turned ? " Less is better." : "";
  const hasFailed = arms.some(({ failed }) => failed > 0);
  const others = arms.filter(({ against }) => against !== null);
  const needed: Row<ComparedArm>[] = margin === undefined
    ? []
    : [["seeds", "count", ({ against }) => against!.pairsForMargin]];
  const seeds = margin === undefined
    ? ""
    : ` The last number: seeds that would show a true difference of ${margin} in 80 of 100 cases at this spread.`;
  return [
    section("comparison", "Comparison", "", facts, [
      ["what", "words", ([what]) => what],
      ["value", "text", ([, value]) => value],
    ]),
    section(
      "arms",
      `${capital(name)}${turned ? ", less is better," : ""} on test worlds: means of runs, 95 % intervals`,
      `The run is the unit.${better} ${isOfRuns ? ofRuns : ofArms}`,
      arms,
      [
        [unit, "words", ({ arm }) => arm],
        ["mean", "number", ({ mean }) => value(mean)],
        ["from", "number", ({ low, high }) => value(turned ? high : low)],
        ["to", "number", ({ low, high }) => value(turned ? low : high)],
        ["episodes", "count", ({ episodes }) => Math.round(episodes)],
        ...(isOfRuns ? [["runs", "count", ({ runs }) => runs] as Row<ComparedArm>] : notCharged),
        ...(hasFailed ? [["without result", "count", ({ failed }) => failed] as Row<ComparedArm>] : []),
      ],
    ),
    section(
      "against",
      isOfRuns
        ? `${reference} less each other group: paired permutation test`
        : `${capital(reference)} less each other arm: paired permutation test`,
      `Intervals of 95 % are what the test does not reject; p is adjusted by Holm over ${others.length} arms; A is the ` +
        `chance that a run of ${reference} does better (Vargha and Delaney). Not shown: neither that there is a difference, nor that there is none.${seeds}`,
      others,
      [
        [unit, "words", ({ arm }) => arm],
        ["difference", "number", ({ against }) => value(against!.difference)],
        ["from", "number", ({ against }) => value(turned ? against!.high : against!.low)],
        ["to", "number", ({ against }) => value(turned ? against!.low : against!.high)],
        ["p", "number", ({ against }) => against!.adjusted],
        ["A", "number", ({ against }) => against!.superiority],
        [`${reference} is`, "words", (arm) => shownOf(arm, arms.find(({ arm }) => arm === reference))],
        ...needed,
      ],
    ),
  ];
}

const ofArms =
  "Episodes are what an arm was charged for, the same budget for each that searches; gestations and lethal " +
  "newborns are not charged.";
const ofRuns =
  "The value of a run is what its final race expects of its winner. Episodes are those of its cycles and its " +
  "final race, on average.";

const notCharged: readonly Row<ComparedArm>[] = [
  ["gestations", "count", ({ gestations }) => Math.round(gestations)],
  ["lethal", "count", ({ lethal }) => Math.round(lethal)],
];

/** What the test says of the reference, or why there is none. */
function shownOf({ against, runs }: ComparedArm, reference: ComparedArm | undefined): string {
  if (against!.p !== null) return against!.shown ?? "not shown";
  if (against!.pairs === 0 && runs >= leastRuns) return "no seed in common";
  const few = against!.pairs || Math.min(runs, reference?.runs ?? 0);
  return `${few} ${few === 1 ? "run" : "runs"}: too few for a test`;
}

/** The raw results, which a terminal has no room for. */
export function runsSection(runs: readonly ComparedRun[], objective?: Objective): Section {
  const name = scoreName(objective);
  return section("runs", "Runs", "One line an arm and seed.", runs, [
    ["arm", "words", ({ arm }) => arm],
    ...(runs.some(({ run }) => run) ? [["run", "words", ({ run }) => run ?? null] as Row<ComparedRun>] : []),
    ["seed", "text", ({ seed }) => seed],
    [name, "number", ({ score }) => objectiveValue(score, objective)],
    ["episodes", "count", ({ episodes }) => episodes],
    ["of its choice", "count", ({ raceEpisodes }) => raceEpisodes],
    ["gestations", "count", ({ gestations }) => gestations],
    ["lethal", "count", ({ lethal }) => lethal],
    ["genome", "id", ({ genome }) => genome],
  ]);
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
