/**
 * An agent for people: tables, and the source of its active genes.
 *
 * @module
 */

import type { AgentShown, ShownEpisode } from "../../records/shown.ts";
import type { ParameterValue } from "../../runtime/contract.ts";
import { text } from "../../step/sections_text.ts";
import { markdownTable } from "../../tables/markdown_table.ts";
import { type Row, type Section, section } from "../../tables/section.ts";
import { expectedText, noRace } from "../../tables/race_text.ts";
import { plain, show } from "../../tables/show.ts";

/** Items of a list that are shown; programs get all of it. */
const mostItems = 12;

/** An agent as Markdown in GitHub's dialect. */
export function markdownOf(agent: AgentShown): string {
  const tables = sectionsOf(agent).filter(({ rows }) => rows.length > 0).map((table) => markdownTable(table));
  const sources = agent.genes.flatMap(({ gene, source }) =>
    source === null ? [] : [`### ${gene}\n\n${fenced(source)}\n`]
  );
  return [`# Agent ${agent.id}\n`, ...tables, ...(sources.length > 0 ? ["## Source\n", ...sources] : [])].join("\n");
}

/** An agent as text for a terminal. */
export function textOf(agent: AgentShown): string {
  const sources = agent.genes.map(({ gene, source }) => `${gene}\n${lines(source)}\n`);
  return [text(sectionsOf(agent)), ...(sources.length > 0 ? ["source of the active genes\n", ...sources] : [])].join(
    "\n",
  );
}

/** Tables of an agent, those without rows included. */
function sectionsOf(agent: AgentShown): Section[] {
  const parameters = Object.entries(agent.parameters)
    .flatMap(([file, values]) => Object.entries(values).map(([name, value]) => ({ file, name, value })));
  return [
    section("agent", "Agent", "", factsOf(agent), [["what", "words", ([what]) => what], [
      "",
      "words",
      ([, value]) => value,
    ]]),
    section("genes", "Active genes", "", agent.genes, [
      ["gene", "text", ({ gene }) => gene],
      ["phase", "text", ({ phase }) => phase],
    ]),
    section("parameters", "Parameters", "", parameters, [
      ["file", "text", ({ file }) => file],
      ["parameter", "text", ({ name }) => name],
      ["value", "text", ({ value }) => valueText(value)],
    ]),
    changesOf(agent),
    episodesOf(agent),
  ];
}

function factsOf(agent: AgentShown): [string, string][] {
  const { evaluation, rank, objective, parents } = agent;
  const facts: [string, string | null][] = [
    ["id", agent.id],
    ["state", `${agent.status}, generation ${agent.generation}, born in cycle ${agent.born}`],
    ["genome", `${agent.genomeHash.slice(0, 12)}${agent.isPresent ? "" : ", which the agent has left since"}`],
    ["parents", parents.length === 0 ? null : parents.map(({ id }) => id.slice(0, 8)).join(", ")],
    ...(objective
      ? [[objective.name, `${show(objective.value, "number")} (${objective.sense})`] as [string, string]]
      : [["score", show(agent.score, "number")] as [string, string]]),
    ["judged in", agent.scoreCycles === 1 ? "1 cycle" : `${agent.scoreCycles} cycles`],
    ["violation", agent.violation > 0 ? show(agent.violation, "number") : null],
    ["rank", rank ? `${rank.place ?? "unranked"} of ${rank.ranked} in cycle ${rank.cycle}` : null],
    ...raceFacts(agent),
    ["invalid actions", evaluation && evaluation.invalid > 0 ? String(evaluation.invalid) : null],
    ["chance", evaluation?.drew ? "a gene drew random numbers though the world is not noisy" : null],
    ...Object.entries(evaluation?.measures ?? {}).map((
      [name, value],
    ): [string, string] => [name, show(value, "number")]),
  ];
  return facts.filter((fact): fact is [string, string] => fact[1] !== null);
}

/** What the last final race expects of it, or how it came off there. */
function raceFacts({ race, objective }: AgentShown): [string, string][] {
  if (!race) return [["final race", noRace]];
  const { cycle, entrants, winner, place } = race;
  if (place === 1) {
    return [[`expected ${objective?.name ?? "score"}`, `${expectedText(race)}; race after cycle ${cycle}`]];
  }
  const own = place === null ? "not in it" : `place ${place} of ${entrants}`;
  return [["final race", `${own}, after cycle ${cycle}; ${winner.agent.slice(0, 8)} has won it`]];
}

function changesOf({ changes }: AgentShown): Section {
  const shown = (value: boolean | number | null) =>
    value === null ? null : typeof value === "boolean" ? (value ? "on" : "off") : show(value, "number");
  return section("changes", "What its birth changed", "", changes ?? [], [
    ["locus", "text", ({ locus }) => locus],
    ["parent", "words", ({ before }) => shown(before)],
    ["agent", "words", ({ after }) => shown(after)],
  ]);
}

const scoreColumn: Row<ShownEpisode> = ["score", "number", ({ score }) => score];

function episodesOf({ evaluation, objective }: AgentShown): Section {
  const episodes = (evaluation?.episodes ?? []).map((episode, at) => ({ ...episode, at }));
  const names = [...new Set(episodes.flatMap(({ measures = {} }) => Object.keys(measures)))];
  const hasInstances = episodes.some(({ instance }) => instance !== undefined);
  return section("episodes", `Episodes of cycle ${evaluation?.cycle}`, "", episodes, [
    [hasInstances ? "instance" : "episode", "count", ({ instance, at }) => instance ?? at],
    // Objectives are measures as well, as the world means them.
    ...(objective ? [] : [scoreColumn]),
    ...names.map((name): [string, "number", (episode: typeof episodes[number]) => number | null] => [
      name,
      "number",
      ({ measures = {} }) => measures[name] ?? null,
    ]),
  ]);
}

function valueText(value: ParameterValue): string {
  if (typeof value === "number") return show(value, "number");
  if (typeof value !== "object") return String(value);
  const items = value.slice(0, mostItems).map((item) => valueText(item));
  return `${items.join(" ")}${value.length > mostItems ? ` … (${value.length})` : ""}`;
}

/** A fence that no line of the source can close. */
function fenced(source: string): string {
  const longest = Math.max(2, ...[...source.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}ts\n${lines(source)}\n${fence}`;
}

/** Lines without characters that move a cursor. */
function lines(source: string): string {
  return source.split("\n").map((line) => plain(line.replaceAll("\t", "  ")).trimEnd()).join("\n");
}
