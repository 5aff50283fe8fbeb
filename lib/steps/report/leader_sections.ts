/**
 * The tables of the best agents: what is expected of them, what they are made of, how the best came about.
 *
 * @module
 */

import { objectiveValue, scoreName } from "../../records/objective.ts";
import type { RaceInReport } from "../../records/race.ts";
import type { LeaderReport } from "../../records/report.ts";
import type { Objective } from "../../runtime/contract.ts";
import { withRun } from "../../step/hint.ts";
import { intervalText, noRace } from "../../tables/race_text.ts";
import { type Row, type Section, section } from "../../tables/section.ts";
import { show } from "../../tables/show.ts";
import type { Report } from "./types.ts";

/** The tables of the best agents. */
export function leaderSections(report: Report): Section[] {
  const { leaders, race, objective } = report;
  const infeasible = leaders.some(({ violation }) => violation !== undefined);
  return [
    section("leaders", leadersTitle(objective), leadersNote(report), leaders, [
      ["agent", "id", (leader) => leader.id],
      ...(race ? [["expected", "words", expectedOf(race)] as Row<LeaderReport>] : []),
      ...(leaders.some(({ estimate }) => estimate) ? [estimateColumn(objective)] : []),
      [scoreName(objective), "number", (leader) => objectiveValue(leader.score, objective)],
      ...(infeasible ? [violationColumn] : []),
      ["cycles", "count", (leader) => leader.cycles],
      ["generation", "count", (leader) => leader.generation],
      ["born", "count", (leader) => leader.born],
      ["status", "text", (leader) => leader.status],
      ["genome", "id", (leader) => leader.genomeHash],
    ]),
    section(
      "made-of",
      "What the leaders are made of",
      "Their active genes, the parameters of the files of these, and what the world measured of them.",
      leaders,
      [
        ["agent", "id", (leader) => leader.id],
        ["parents", "words", ({ parents }) => parents.map((id) => id.slice(0, 8)).join(" ") || "–"],
        ["genes", "words", ({ genes }) => genes?.map(shortName).join(", ") ?? "not kept"],
        ["parameters", "words", ({ parameters }) => valuesText(parameters)],
        ["measures", "words", ({ measures }) => valuesText(measures ?? null)],
      ],
    ),
    ancestry(report),
  ];
}

const violationColumn: Row<LeaderReport> = ["violation", "number", ({ violation }) => violation ?? 0];

/** What the last race expects of a leader that has won it with the genome that it is here for. */
function expectedOf({ winner, expected }: RaceInReport): (leader: LeaderReport) => string | null {
  return ({ genomeHash }) => genomeHash === winner.genomeHash && expected ? intervalText(expected) : null;
}

/** What is expected of a leader's genome from all cycles that judged it, as the world means it. */
function estimateColumn(objective: Objective | undefined): Row<LeaderReport> {
  return ["estimate", "words", ({ estimate }) => {
    if (!estimate) return null;
    const [mean, ...bounds] = [estimate.mean, estimate.low, estimate.high].map((score) =>
      objectiveValue(score, objective)
    );
    return intervalText({ mean: mean!, low: Math.min(...bounds), high: Math.max(...bounds) });
  }];
}

function leadersNote({ race, leaders, summary }: Report): string {
  if (leaders.length === 0) return "";
  const seen = race ? "the final race says what the best is worth" : withRun(noRace, summary.run ?? undefined);
  if (!leaders.some(({ estimate }) => estimate)) {
    return `Means over the few worlds of some cycles, so that the highest of them are lucky; ${seen}.`;
  }
  return "By the estimate: what the genome is expected to come to in the worlds of another cycle, with an interval of about 95 %, " +
    "from the evaluations of all agents that had it; the worlds of their cycles and luck are allowed for. " +
    `${seen[0]!.toUpperCase()}${seen.slice(1)}.`;
}

function leadersTitle(objective: Objective | undefined): string {
  if (!objective) return "Best agents now";
  return `${objective.sense === "minimise" ? "Least" : "Greatest"} ${objective.name} now`;
}

/** The line that led to the best agent. */
function ancestry({ lineage: { ancestry = [] } }: Report): Section {
  return section(
    "ancestry",
    "How the best came about",
    "The best agent and those that it has its genome from, with what each birth changed of the genome of the first parent.",
    ancestry,
    [
      ["agent", "id", ({ id }) => id],
      ["born", "count", ({ born }) => born],
      ["generation", "count", ({ generation }) => generation],
      ["by", "text", ({ kind }) => kind],
      ["gained", "words", ({ changes }) => changes ? changes.gained.map(shortName).join(", ") || "–" : null],
      ["lost", "words", ({ changes }) => changes ? changes.lost.map(shortName).join(", ") || "–" : null],
      ["parameters", "count", ({ changes }) => changes?.parameters ?? null],
    ],
  );
}

/** A gene without the folder that all are in. */
function shortName(name: string): string {
  return name.replace(/^src\//, "");
}

function valuesText(values: Readonly<Record<string, number>> | null): string {
  if (values === null) return "not kept";
  return Object.entries(values).map(([name, value]) => `${shortName(name)} ${show(value, "number")}`).join(", ") || "–";
}
