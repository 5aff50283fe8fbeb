/**
 * The best agent, gene by gene.
 *
 * @module
 */

import { type Section, section } from "../../tables/section.ts";
import { objectiveValue, scoreName } from "../../records/objective.ts";
import { show } from "../../tables/show.ts";
import type { Report } from "./types.ts";

/** The active genes of the agent with the highest score by file, with the values of the file's parameters. */
export function bestAgent({ leaders: [leader], files, objective }: Report): Section {
  const note = leader
    ? `Agent ${leader.id.slice(0, 8)}, ${scoreName(objective)} ${
      show(objectiveValue(leader.score, objective), "number")
    } over ${leader.cycles} ` +
      `${leader.cycles === 1 ? "cycle" : "cycles"}, generation ${leader.generation}, born in cycle ${leader.born}.` +
      (leader.violation === undefined ? "" : ` It is infeasible: violation ${show(leader.violation, "number")}.`)
    : "";
  const genes = within(leader?.genes ?? []);
  const values = Object.entries(leader?.parameters ?? {}).map(([name, value]) => `${name} ${show(value, "number")}`);
  const parameters = within(values);
  return section("best", "Genes of the best agent now", note, files.filter(({ file }) => genes.has(file)), [
    ["file", "text", ({ file }) => file],
    ["active genes", "text", ({ file }) => genes.get(file)!.join(", ")],
    ["parameters", "text", ({ file }) => parameters.get(file)?.join(", ") ?? null],
  ]);
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
