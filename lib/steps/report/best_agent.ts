/**
 * The best agent, gene by gene.
 *
 * @module
 */

import { type Section, section } from "../../tables/section.ts";
import { objectiveValue, scoreName } from "../../records/objective.ts";
import { expectedText } from "../../tables/race_text.ts";
import { show } from "../../tables/show.ts";
import type { Report } from "./types.ts";

/** The best agent with its genome: the winner of a final race of the last cycle, else what leads; undefined where there is none. */
export function bestOf(
  { race, leaders: [leader], summary }: Pick<Report, "race" | "leaders"> & {
    readonly summary: Pick<Report["summary"], "cycle">;
  },
): { readonly id: string; readonly genomeHash: string } | undefined {
  if (race?.cycle === summary.cycle) return { id: race.winner.agent, genomeHash: race.winner.genomeHash };
  return leader && { id: leader.id, genomeHash: leader.genomeHash };
}

/**
 * The active genes of the winner of the final race by file, with the values of the file's parameters; where there was none since
 * the last cycle, of the agent of which most is expected.
 */
export function bestAgent(report: Report): Section {
  const { race, leaders: [leader], files, summary } = report;
  const isUpToDate = race?.cycle === summary.cycle;
  const note = isUpToDate
    ? `Agent ${race.winner.agent.slice(0, 8)}, the winner of the final race: expected ${scoreName(race.objective)} ${
      expectedText(race)
    }.`
    : leaderNote(report);
  const one = isUpToDate ? race : leader;
  const genes = within(one?.genes ?? []);
  const values = Object.entries(one?.parameters ?? {}).map(([name, value]) => `${name} ${show(value, "number")}`);
  const parameters = within(values);
  return section("best", "Genes of the best agent now", note, files.filter(({ file }) => genes.has(file)), [
    ["file", "text", ({ file }) => file],
    ["active genes", "text", ({ file }) => genes.get(file)!.join(", ")],
    ["parameters", "text", ({ file }) => parameters.get(file)?.join(", ") ?? null],
  ]);
}

/** The agent of which most is expected, as no race has said otherwise. */
function leaderNote({ leaders: [leader], objective }: Report): string {
  return leader
    ? `Agent ${leader.id.slice(0, 8)}, ${scoreName(objective)} ${
      show(objectiveValue(leader.score, objective), "number")
    } over ${leader.cycles} ` +
      `${leader.cycles === 1 ? "cycle" : "cycles"}, generation ${leader.generation}, born in cycle ${leader.born}.` +
      (leader.violation === undefined ? "" : ` It is infeasible: violation ${show(leader.violation, "number")}.`)
    : "";
}

/** What stands after the path of a file, by that path. */
function within(names: readonly string[]): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const name of names) {
    const end = name.indexOf("#"), file = name.slice(0, end);
    found.set(file, [...found.get(file) ?? [], name.slice(end + 1)]);
  }
  return found;
}
