/**
 * A run in a few lines.
 *
 * @module
 */

import { type Cause, causes } from "../../records/cause.ts";
import { failures } from "./failures.ts";
import { show } from "../../tables/show.ts";
import type { Report } from "./types.ts";

/** The run in a few lines: what, and its value in words. */
export function summaryRows(report: Report): [string, string][] {
  const { summary, lineage, births, at } = report;
  const { score } = summary, { gestations } = births;
  const ancestor = lineage.commonAncestor;
  return [
    ["run", summary.run ?? "–"],
    ["seed", summary.seed ?? "–"],
    ["cycles", show(summary.cycle, "count")],
    ["agents", `${summary.active} active, ${summary.disabled} disabled, ${summary.dead} dead`],
    [
      "score",
      score?.best == null
        ? "–"
        : `best ${show(score.best, "number")}, median ${show(score.median, "number")}, mean ${
          show(score.mean, "number")
        } of ${score.ranked} ranked`,
    ],
    ["evaluations", `${summary.evaluations}; ${summary.limited} evaluations ended by a limit of the machine`],
    [
      "recorded failures",
      causes.map((cause) => failed(report, cause)).filter((text) => text !== "").join("; ") || "none",
    ],
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

function failed(report: Report, cause: Cause): string {
  const { evaluations, disabled } = failures(report, cause);
  return evaluations + disabled === 0 ? "" : `${cause}: evaluations ${evaluations}, disabled agents ${disabled}`;
}

function part(count: number, of: number): string {
  return of === 0 ? "–" : `${count} of ${of} (${show(count / of, "share")})`;
}
