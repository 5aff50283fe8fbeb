/**
 * A run in a few lines.
 *
 * @module
 */

import { type Cause, causes } from "../../records/cause.ts";
import type { CycleReport } from "../../records/report_cycle.ts";
import { scoreName } from "../../records/objective.ts";
import type { MarkedReport } from "../../records/report.ts";
import { withRun } from "../../step/hint.ts";
import { failures } from "./failures.ts";
import { raceRows } from "../../tables/race_text.ts";
import { show } from "../../tables/show.ts";
import type { Report } from "./types.ts";

type Scores = Readonly<Record<"best" | "median" | "mean", number | null>>;

/** The run in a few lines: what, and its value in words. */
export function summaryRows(report: Report): [string, string][] {
  const { summary, lineage, births, at } = report;
  const { score, objective, otherObjective, invalid, drew } = summary, { gestations } = births;
  const shown = texts(objective ?? score);
  const ancestor = lineage.commonAncestor;
  return [
    ["run", summary.run ?? "–"],
    ["seed", summary.seed ?? "–"],
    ["cycles", show(summary.cycle, "count")],
    ["agents", `${summary.active} active, ${summary.disabled} disabled, ${summary.dead} dead`],
    [
      scoreName(objective),
      score?.best == null
        ? "–"
        : `best ${shown.best}, median ${shown.median}, mean ${shown.mean} of ${score.ranked} ranked${
          objective?.sense === "minimise" ? "; less is better" : ""
        }`,
    ],
    ...(otherObjective === undefined ? [] : [[
      "other objectives",
      `${otherObjective} of ${report.cycles.length} cycles were played for another objective; their scores are shown as ${
        objective?.name ?? "they are kept"
      }`,
    ] as [string, string]]),
    ...raceRows(report.race, summary.cycle).map(([what, value]): [string, string] => [
      what,
      withRun(value, summary.run ?? undefined),
    ]),
    ...(summary.found === undefined ? [] : [["the best was found", `in cycle ${summary.found}`] as [string, string]]),
    ...summary.warnings.map((warning): [string, string] => ["warning", warning]),
    ["evaluations", `${summary.evaluations}; ${summary.limited} evaluations ended by a limit of the machine`],
    ["cost of evaluations", costText(report.cycles)],
    [
      "recorded failures",
      causes.map((cause) => failed(report, cause)).filter((text) => text !== "").join("; ") || "none",
    ],
    ...marked("actions out of their space", invalid, summary.run),
    ...marked("random draws, though not noisy", drew, summary.run),
    ["genomes", `${summary.genomes} distinct among the active agents`],
    ["viable draws", part(summary.viable, summary.draws)],
    ["viable births", part(births.births - births.unviable, births.births)],
    ["births without change", part(gestations.unchanged, gestations.finished)],
    ["births with a mutation", part(gestations.mutated, gestations.finished)],
    ["births with a parameter of a mate", part(gestations.recombined, gestations.mated)],
    ["births with changes of undecided origin", part(gestations.undecided, gestations.finished)],
    ["adults that changed themselves", part(births.adapted, births.judged)],
    [
      "lineage",
      `${lineage.surviving} of ${lineage.founders} founders with living descendants; generation ${
        show(lineage.meanGeneration, "number")
      } on average, ${lineage.depth} at most`,
    ],
    [
      "common ancestor",
      ancestor
        ? `${ancestor.id.slice(0, 8)}, born in cycle ${ancestor.born} as generation ${ancestor.generation}`
        : "none yet",
    ],
    ["made", at],
  ];
}

/** What evaluations took in all, as far as it was measured. */
function costText(cycles: readonly CycleReport[]): string {
  const sum = (of: (cycle: CycleReport) => number) => cycles.reduce((all, cycle) => all + of(cycle), 0);
  const measured = sum(({ evaluationCpu }) => evaluationCpu?.count ?? 0);
  const memory = Math.max(0, ...cycles.map(({ evaluationMemory }) => evaluationMemory ?? 0));
  return [
    `${show(sum(({ evaluationMs }) => evaluationMs.total), "ms")} of the judged ones, one after the other`,
    measured === 0
      ? "CPU time not measured"
      : `CPU time ${show(sum(({ evaluationCpu }) => evaluationCpu?.total ?? 0), "ms")} of ${measured} of them`,
    memory === 0 ? "peak memory not measured" : `peak memory ${show(memory, "bytes")}`,
  ].join("; ");
}

function failed(report: Report, cause: Cause): string {
  const { evaluations, disabled } = failures(report, cause);
  return evaluations + disabled === 0 ? "" : `${cause}: evaluations ${evaluations}, disabled agents ${disabled}`;
}

function texts(scores: Scores | null): Record<keyof Scores, string> {
  const text = (name: keyof Scores) => show(scores?.[name] ?? null, "number");
  return { best: text("best"), median: text("median"), mean: text("mean") };
}

/** One line where any evaluation of the last cycle is marked, and where to look further. */
function marked(what: string, found: MarkedReport | undefined, run: string | null): [string, string][] {
  if (!found) return [];
  const { evaluations, of, agent } = found;
  const look = withRun(`\`deno task show ${agent.slice(0, 8)}\``, run ?? undefined);
  return [[what, `${evaluations} of ${of} evaluations of the last cycle; see ${look}`]];
}

function part(count: number, of: number): string {
  return of === 0 ? "–" : `${count} of ${of} (${show(count / of, "share")})`;
}
