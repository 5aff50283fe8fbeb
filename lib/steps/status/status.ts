/**
 * Tells the state of every agent, as it stands in the listing.
 *
 * @module
 */

import type { Counts, StepContext } from "../../step/context.ts";
import { PopulationDigest } from "../../agents/digest.ts";
import { besideScore, scoreName } from "../../records/objective.ts";
import { expectedText, intervalText, noRace } from "../../tables/race_text.ts";
import { shownWorld } from "../../template/template.ts";
import { lastRace } from "../../db/races.ts";
import { Listing } from "../../db/listing.ts";
import { Misuse } from "../../util/issue.ts";
import type { Asked } from "./choice.ts";
import { type PeopleRow, query, queryForPeople, recorded, type StatusRow } from "./rows.ts";
import { residentCells, residentRecord, residentsOf } from "./status_residents.ts";

/** Options of `status`. */
export interface StatusOptions extends Asked {
  /** Whether to emit a `resident.status` for each resident as well, after the agents. @default false */
  readonly residents?: boolean;
  /** Tell of the evaluators at this broker instead: `host:port` of each server of it. */
  readonly evaluators?: readonly string[];
}

const closedQuery = "SELECT coalesce(max(cycle), 0) AS cycle FROM cycles WHERE state = 'closed'";

/**
 * Emits one `agent.status` for each agent, alive and dead, in the order of their creation; for a table with its age in
 * cycles, how its last evaluation ended and how long that took, and its resident's process. Some of them, in another order, where
 * that is asked for; on a terminal the living, best first, in few columns. Unless it is about certain agents, the closing record
 * has the population's digest and the number of the last closed cycle.
 *
 * Takes no lock: it reads one state of the listing, also while a step writes the next one.
 * Needs read permission for the listing, its write-ahead log and the run's template; for evaluators run permission for
 * `/bin/sh`.
 *
 * @throws {Misuse} If it is to tell of evaluators, and agents are chosen as well.
 */
export async function status(step: StepContext, options: StatusOptions = {}): Promise<Counts> {
  if (options.evaluators) {
    demandNothingOfAgents(step, options);
    const { evaluatorStatus } = await import("./evaluators.ts");
    return await evaluatorStatus(step, options.evaluators);
  }
  using listing = Listing.open(step.paths.listing, { readOnly: true });
  // One state of the listing for all that is read.
  listing.db.exec("BEGIN");
  try {
    return await tell(step, listing, options);
  } finally {
    listing.db.exec("COMMIT");
  }
}

/** An option without effect is an error. */
function demandNothingOfAgents({ ids }: StepContext, { top, sort, alive, where, residents }: StatusOptions): void {
  const given = Object.entries({ top, sort, alive, where, residents, stdin: ids }).filter(([, value]) => value);
  if (given.length === 0) return;
  const flags = given.map(([name]) => `--${name}`).join(", ");
  throw new Misuse({
    code: "arguments",
    message: `Cannot use ${flags} with --evaluators as ${given.length === 1 ? "it is" : "they are"} about agents.`,
  });
}

async function tell(step: StepContext, listing: Listing, options: StatusOptions): Promise<Counts> {
  const counts = { agents: 0, active: 0, disabled: 0, dead: 0 };
  const digest = new PopulationDigest();
  const forPeople = step.format === "table";
  const asked = askedOf(step, options);
  const kept = forPeople || options.residents ? residentsOf(listing) : [];
  const objective = shownWorld(step.paths, listing)?.objectives?.[0];
  const of = new Map(kept.map((resident) => [resident.id, resident]));
  const cellsOf = (id: string) => residentCells(of.get(id), Date.now());
  const living = asked ? (await import("../../db/estimates.ts")).bestOfLiving(listing) : [];
  const choice = asked && (await import("./choice.ts")).choiceOf(asked, living, objective);
  const chosen: PeopleRow[] = [];
  const show = (row: StatusRow) => {
    const cells = forPeople && of.size > 0 ? cellsOf(row.id) : {};
    const agent = { ...row, parents: JSON.parse(row.parents) };
    step.emit({ type: "agent.status", ...agent, ...besideScore(row.score, objective), ok: true, ...cells });
  };
  for (const row of listing.rows<PeopleRow>(forPeople || choice ? queryForPeople : query)) {
    if (step.signal.aborted) break;
    if (step.ids && !step.ids.has(row.id)) continue;
    counts.agents++;
    counts[row.status]++;
    digest.add({ ...row, parents: JSON.parse(row.parents) });
    if (!choice) show(row);
    else if (choice.takes(row)) chosen.push(row);
  }
  const shown = choice?.ordered(chosen);
  if (shown && step.forPeople) {
    const { peopleTable } = await import("./people.ts");
    const beside = { living, objective, ...(of.size > 0 && { cellsOf }) };
    if (shown.length > 0) step.print(peopleTable(shown, beside));
  } else for (const row of shown ?? []) show(forPeople ? row : recorded(row));
  const ids = shown ? new Set(shown.map(({ id }) => id)) : step.ids;
  for (const resident of forPeople ? [] : kept) {
    if (!ids || ids.has(resident.id)) step.emit(residentRecord(resident));
  }
  if (shown?.length === 0) step.say(`none of ${counts.agents} agents is asked for.`);
  if (!step.ids && !step.signal.aborted) {
    step.details.digest = await digest.hex();
    step.details.cycle = listing.get<{ cycle: number }>(closedQuery)!.cycle;
    if (forPeople) step.say(raceLine(listing));
    if (forPeople) step.say(`the digest after cycle ${step.details.cycle} is ${step.details.digest}.`);
  }
  return { updates: 0, ...counts, ...(shown && { shown: shown.length }) };
}

/** What is asked for; on a terminal without a word the living, best first. Undefined: all, in the order of their creation. */
function askedOf({ forPeople }: StepContext, { top, sort, alive = false, where }: StatusOptions): Asked | undefined {
  const isAsked = alive || where !== undefined;
  if (forPeople) return { top, sort: sort ?? "best", alive: alive || !isAsked, where };
  return isAsked || top !== undefined || sort !== undefined ? { top, sort, alive, where } : undefined;
}

/** What the last final race said, in a line. */
function raceLine(listing: Listing): string {
  const race = lastRace(listing);
  if (!race) return `${noRace}.`;
  const what = `expected ${scoreName(race.objective)} ${
    race.expected ? intervalText(race.expected) : expectedText(race)
  }`;
  return `${race.winner.agent.slice(0, 8)} won the race after cycle ${race.cycle}: ${what}.`;
}
