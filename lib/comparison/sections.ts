/**
 * A comparison as titled tables: what Markdown, the terminal and the page show alike.
 *
 * @module
 */

import { objectiveValue, scoreName } from "../records/objective.ts";
import type { ComparedArm, ComparedRun } from "../records/compare.ts";
import type { Objective } from "../runtime/contract.ts";
import { type Row, type Section, section } from "../tables/section.ts";

/** What is to be known of a comparison besides its runs. */
export interface ComparisonFacts {
  /** What was compared and how: names and values, in the order in which they are read. */
  readonly facts: readonly (readonly [name: string, value: string])[];
  readonly reference: string;
  readonly margin?: number;
  /** What scores stand for. @default the scores */
  readonly objective?: Objective;
}

/** The tables of the arms. */
export function comparisonSections(
  arms: readonly ComparedArm[],
  { facts, reference, margin, objective }: ComparisonFacts,
): Section[] {
  const turned = objective?.sense === "minimise";
  const name = scoreName(objective);
  const value = (score: number | null) => objectiveValue(score, objective);
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
      `The run is the unit.${better} Episodes are what an arm was charged for, the same budget for each that searches; ` +
        "gestations and lethal newborns are not charged.",
      arms,
      [
        ["arm", "words", ({ arm }) => arm],
        ["mean", "number", ({ mean }) => value(mean)],
        ["from", "number", ({ low, high }) => value(turned ? high : low)],
        ["to", "number", ({ low, high }) => value(turned ? low : high)],
        ["episodes", "count", ({ episodes }) => Math.round(episodes)],
        ["gestations", "count", ({ gestations }) => Math.round(gestations)],
        ["lethal", "count", ({ lethal }) => Math.round(lethal)],
        ...(hasFailed ? [["without result", "count", ({ failed }) => failed] as Row<ComparedArm>] : []),
      ],
    ),
    section(
      "against",
      `${capital(reference)} less each other arm: paired permutation test`,
      `Intervals of 95 % are what the test does not reject; p is adjusted by Holm over ${others.length} arms; A is the ` +
        `chance that a run of ${reference} does better (Vargha and Delaney). Not shown: neither that there is a difference, nor that there is none.${seeds}`,
      others,
      [
        ["arm", "words", ({ arm }) => arm],
        ["difference", "number", ({ against }) => value(against!.difference)],
        ["from", "number", ({ against }) => value(turned ? against!.high : against!.low)],
        ["to", "number", ({ against }) => value(turned ? against!.low : against!.high)],
        ["p", "number", ({ against }) => against!.adjusted],
        ["A", "number", ({ against }) => against!.superiority],
        [`${reference} is`, "words", ({ against }) => against!.shown ?? "not shown"],
        ...needed,
      ],
    ),
  ];
}

/** The raw results, which a terminal has no room for. */
export function runsSection(runs: readonly ComparedRun[], objective?: Objective): Section {
  const name = scoreName(objective);
  return section("runs", "Runs", "One line an arm and seed.", runs, [
    ["arm", "words", ({ arm }) => arm],
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
