/**
 * What a final race says, in words: for reports and for steps that show the best agent.
 *
 * @module
 */

import { scoreName } from "../records/objective.ts";
import type { Expected, RaceControl, RaceReport } from "../records/race.ts";
import { plain, show } from "./show.ts";

/** What stands where no race was run. */
export const noRace = "no final race was run; see `deno task race`";

/** A mean with its interval, such as `18.12 [16.60, 19.64]`. */
export function intervalText({ mean, low, high }: Pick<Expected, "mean" | "low" | "high">): string {
  const bounds = low === null || high === null ? "" : ` [${show(low, "number")}, ${show(high, "number")}]`;
  return `${show(mean, "number")}${bounds}`;
}

/** What is to be expected of the winner, or why nothing is: `18.12 [16.60, 19.64] in 200 unseen episodes`. */
export function expectedText({ expected, unexpected }: Pick<RaceReport, "expected" | "unexpected">): string {
  if (!expected) return plain(unexpected ?? "not known");
  const { episodes, violation } = expected;
  const broken = violation > 0 ? `, infeasible: violation ${show(violation, "number")}` : "";
  return `${intervalText(expected)} in ${episodes} unseen ${episodes === 1 ? "episode" : "episodes"}${broken}`;
}

const sources = {
  living: "by its score",
  best: "by an agent's best genome",
  archive: "from the archive",
  founder: "of the initial population",
} as const;

/** The last final race in a few lines: what, and its value in words. */
export function raceRows(race: RaceReport | undefined, cycle: number): [string, string][] {
  if (!race) return [["final race", noRace]];
  const { winner: { agent, source }, entrants, raceEpisodes, control, objective } = race;
  const after = race.cycle === cycle ? "" : `, after cycle ${race.cycle}`;
  const raced = raceEpisodes === 0
    ? "by their scores, as chance has no part in them"
    : `of ${entrants} in ${raceEpisodes} episodes`;
  return [
    ["winner of the final race", `${agent.slice(0, 8)}, ${sources[source]}; ${raced}${after}`],
    [`expected ${scoreName(objective)}`, expectedText(race)],
    ["best of the initial population", controlText(control, race)],
    ...(control?.gain && control.genomeHash !== race.winner.genomeHash
      ? [["the winner is better by", intervalText(control.gain)] as [string, string]]
      : []),
    ...randomRows(race),
  ];
}

function controlText(control: RaceControl | null, { winner }: RaceReport): string {
  if (!control) return "not known";
  if (control.genomeHash === winner.genomeHash) return "it is the winner";
  if (!control.expected) return `${control.agent.slice(0, 8)}; not judged`;
  return `${intervalText(control.expected)} in the same worlds`;
}

/** Random search at the run's budget, where it was asked for. */
function randomRows({ winner, randomControl: control }: RaceReport): [string, string][] {
  if (!control) return [];
  const { genomes, episodes, raceEpisodes, expected, gain, genomeHash, isUnseen } = control;
  const what = raceEpisodes === 0 ? "random search" : "random search with a race";
  const size = `${genomes} genomes in ${episodes} episodes`;
  if (!expected) return [[what, `${genomeHash ? "its choice failed" : "no genome could be judged"}; ${size}`]];
  const where = isUnseen ? "in the same worlds" : "in the worlds of training";
  return [
    [what, `${intervalText(expected)} ${where}; ${size}`],
    ...(gain ? [difference(gain, genomeHash, winner)] : []),
  ];
}

function difference(
  { mean, low, high }: Pick<Expected, "mean" | "low" | "high">,
  genomeHash: string | null,
  winner: RaceReport["winner"],
): [string, string] {
  if (genomeHash === winner.genomeHash) return ["random search has found", "the winner"];
  if (mean >= 0) return ["the winner is better than random search by", intervalText({ mean, low, high })];
  const turned = (bound: number | null) => bound === null ? null : -bound;
  return ["random search is better by", intervalText({ mean: -mean, low: turned(high), high: turned(low) })];
}

/** The same for a terminal: lines of at most 80 columns, unless a value is longer by itself. */
export function raceText(report: RaceReport): string {
  return raceRows(report, report.cycle).map(([what, value]) => `${what}:\n  ${value.replaceAll("; ", ";\n  ")}`).join(
    "\n",
  );
}
