/**
 * Runs of the project compared with each other, by groups of one configuration.
 *
 * @module
 */

import { compared, leastRuns } from "../../comparison/compared.ts";
import { comparisonSections, runsSection } from "../../comparison/sections.ts";
import type { ComparedRun } from "../../records/compare.ts";
import { besideScore } from "../../records/objective.ts";
import type { Counts, StepContext } from "../../step/context.ts";
import { withRun } from "../../step/hint.ts";
import { Misuse } from "../../util/issue.ts";
import { type ToldRun, toldRun, worthOf } from "./told_run.ts";

/** Runs of one configuration, named by the first of them. */
interface Group {
  readonly name: string;
  readonly runs: readonly ToldRun[];
}

/**
 * Emits a `compare.run` for each run and a `compare.arm` for each group; or prints the same for people. The run is the unit, and
 * runs of one seed are a pair.
 *
 * It writes nothing. Needs read permission for `runs/`, and for `lib` and `node_modules/uplot` for a page.
 *
 * @param names Of the runs; the first one's group is what the others are compared with.
 * @throws {Misuse} If there is no such run, one without a final race, or runs of other worlds or objectives.
 */
export async function compareRuns(step: StepContext, names: readonly string[]): Promise<Counts> {
  demandSeveral(names);
  const told: ToldRun[] = [];
  for (const name of names) told.push(await toldRun(name));
  demandOneWorld(told);
  demandRaces(told);
  const groups = groupsOf(told);
  demandSeeds(groups);
  const [{ name: reference }] = groups as [Group];
  const runs = groups.flatMap((group) => group.runs.map((run) => comparedRun(run, group.name)));
  const arms = compared(runs, { reference, least: leastRuns });
  warn(step, told, groups);
  const { objective } = told[0]!;
  if (step.format === "ndjson" || step.format === "json") {
    for (const run of runs) {
      step.emit({ type: "compare.run", id: null, ok: true, ...run, ...besideScore(run.score, objective) });
    }
    for (const arm of arms) step.emit({ type: "compare.arm", id: null, ok: true, ...arm });
    return { updates: 0, runs: runs.length, groups: groups.length };
  }
  const facts = { facts: factsOf(groups), reference, isOfRuns: true, ...(objective && { objective }) };
  const sections = comparisonSections(arms, facts);
  const all = [...sections, runsSection(runs, objective)];
  if (step.format === "table") step.print((await import("../../step/sections_text.ts")).text(sections));
  else if (step.format === "html") {
    step.print(await (await import("../../comparison/page.ts")).comparisonPage(runs, all, objective));
  } else {
    const { markdownTable } = await import("../../tables/markdown_table.ts");
    step.print(["# Comparison\n", ...all.map((table) => markdownTable(table, table.rows.length))].join("\n"));
  }
  return { updates: 0, runs: runs.length, groups: groups.length };
}

function comparedRun(run: ToldRun, arm: string): ComparedRun {
  const { name, seed, race, episodes } = run;
  return {
    arm,
    run: name,
    seed,
    score: worthOf(run),
    episodes: episodes + race!.raceEpisodes,
    raceEpisodes: race!.raceEpisodes,
    gestations: 0,
    lethal: 0,
    limited: 0,
    genome: race!.winner.genomeHash,
    curve: [],
  };
}

function groupsOf(told: readonly ToldRun[]): Group[] {
  const groups = Map.groupBy(told, ({ configuration }) => JSON.stringify(configuration));
  return [...groups.values()].map((runs) => ({ name: runs[0]!.name, runs }));
}

/** What each group is of, and what it is configured to be where that differs. */
function factsOf(groups: readonly Group[]): [string, string][] {
  const all = groups.map(({ runs }) => runs[0]!.configuration);
  const keys = [...new Set(all.flatMap((one) => Object.keys(one)))];
  const differing = keys.filter((key) => new Set(all.map((one) => one[key])).size > 1);
  return groups.flatMap(({ name, runs }, i): [string, string][] => {
    const shown = differing.map((key) =>
      `${key} ${key === "template" ? all[i]![key]!.slice(0, 8) : all[i]![key] ?? "absent"}`
    );
    return [
      [name, runs.map((run) => run.name).join(", ")],
      ...(shown.length > 0 ? [[`${name} has`, shown.join("; ")] as [string, string]] : []),
    ];
  });
}

function warn(step: StepContext, told: readonly ToldRun[], groups: readonly Group[]): void {
  if (groups.length === 1) {
    step.say("all of these runs are of one configuration: there is nothing to compare them with.");
  }
  for (const { name, race, cycle } of told) {
    if (race!.cycle !== cycle) {
      step.say(
        `the final race of ${name} was after cycle ${race!.cycle} of ${cycle}; ${raceOf(name)} renews it.`,
      );
    }
    if (!race!.expected) step.say(`${name} is without a result: ${race!.unexpected}.`);
  }
}

function demandSeveral(names: readonly string[]): void {
  const twice = names.find((name, i) => names.indexOf(name) < i);
  if (twice !== undefined) throw refused(`each run must be named once: ${twice} is named twice`);
  if (names.length < 2) throw refused("there must be at least two runs: there is one");
}

/** The command that runs the final race of a run. */
function raceOf(name: string): string {
  return withRun("`deno task race`", name);
}

function demandRaces(told: readonly ToldRun[]): void {
  const without = told.filter(({ race }) => race === undefined);
  if (without.length === 0) return;
  const commands = without.map(({ name }) => raceOf(name));
  throw refused(`each run must have had a final race: run ${commands.join(", ")}`);
}

function demandOneWorld([first, ...others]: readonly ToldRun[]): void {
  for (const { name, world } of others) {
    const key = Object.keys(world).find((key) => world[key] !== first!.world[key]);
    if (key === undefined) continue;
    const short = (text: string) => /^[0-9a-f]{64}$/.test(text) ? text.slice(0, 8) : text;
    throw refused(
      `all runs must be of one world and objective: ${name} has another ${key} than ${first!.name}, ` +
        `${short(world[key]!)} and ${short(first!.world[key]!)}`,
    );
  }
}

function demandSeeds(groups: readonly Group[]): void {
  for (const { runs } of groups) {
    const same = runs.find(({ seed }, i) => runs.findIndex((run) => run.seed === seed) < i);
    if (!same) continue;
    const other = runs.find(({ seed }) => seed === same.seed)!;
    throw refused(
      `runs of one configuration must differ in their seed: ${other.name} and ${same.name} have both ${same.seed}, so that one says ` +
        "no more than the other",
    );
  }
}

function refused(why: string): Misuse {
  return new Misuse({ code: "compare.runs", message: `Cannot compare as ${why}.` });
}
