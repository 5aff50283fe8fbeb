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
import { residentCells, residentRecord, residentsOf } from "./status_residents.ts";

interface StatusRow {
  readonly id: string;
  readonly status: "active" | "disabled" | "dead";
  readonly reason: string | null;
  readonly generation: number;
  readonly parents: string;
  readonly genomeHash: string;
  readonly codeHash: string;
  readonly buildHash: string | null;
  readonly score: number | null;
  readonly scoredGenomeHash: string | null;
  readonly energy: number;
  readonly crashes: number;
}

/** Options of `status`. */
export interface StatusOptions {
  /** Whether to emit a `resident.status` for each resident as well, after the agents. @default false */
  readonly residents?: boolean;
}

const columns = `id, status, reason, generation, parents, a.genome_hash AS genomeHash, a.code_hash AS codeHash,
  a.build_hash AS buildHash, a.score, scored_genome_hash AS scoredGenomeHash, energy, crashes`;

const query = `SELECT ${columns} FROM agents a ORDER BY ordinal`;

const closedQuery = "SELECT coalesce(max(cycle), 0) AS cycle FROM cycles WHERE state = 'closed'";

/** With what is for people alone: as it tells of times, it is in no record that runs are compared by. */
const queryForPeople = `
SELECT ${columns}, coalesce(died, (SELECT max(cycle) FROM cycles), 0) - born AS age,
  CASE WHEN status = 'active' AND backoff_until_cycle > (SELECT max(cycle) FROM cycles) THEN backoff_until_cycle END AS backoffUntilCycle,
  e.outcome AS last, round(e.wall_ms) AS ms
FROM agents a LEFT JOIN evaluations e ON e.agent = id AND e.cycle =
  (SELECT max(cycle) FROM evaluations WHERE agent = id AND outcome IS NOT NULL)
ORDER BY ordinal`;

/**
 * Emits one `agent.status` for each agent, alive and dead, in the order of their creation; for a table with its age in
 * cycles, how its last evaluation ended and how long that took, and its resident's process. Where all agents are shown, the
 * closing record has the population's digest and the number of the last closed cycle.
 *
 * Takes no lock: it reads one state of the listing, also while a step writes the next one.
 * Needs read permission for the listing, its write-ahead log and the run's template.
 */
export async function status(step: StepContext, { residents = false }: StatusOptions = {}): Promise<Counts> {
  using listing = Listing.open(step.paths.listing, { readOnly: true });
  // One state of the listing for all that is read.
  listing.db.exec("BEGIN");
  try {
    return await tell(step, listing, residents);
  } finally {
    listing.db.exec("COMMIT");
  }
}

async function tell(step: StepContext, listing: Listing, residents: boolean): Promise<Counts> {
  const counts = { agents: 0, active: 0, disabled: 0, dead: 0 };
  const digest = new PopulationDigest();
  const forPeople = step.format === "table";
  const kept = forPeople || residents ? residentsOf(listing) : [];
  const objective = shownWorld(step.paths, listing)?.objectives?.[0];
  const of = new Map(kept.map((resident) => [resident.id, resident]));
  for (const row of listing.rows<StatusRow>(forPeople ? queryForPeople : query)) {
    if (step.signal.aborted) break;
    if (step.ids && !step.ids.has(row.id)) continue;
    counts.agents++;
    counts[row.status]++;
    const cells = forPeople && of.size > 0 ? residentCells(of.get(row.id), Date.now()) : {};
    const agent = { ...row, parents: JSON.parse(row.parents) };
    digest.add(agent);
    step.emit({ type: "agent.status", ...agent, ...besideScore(row.score, objective), ok: true, ...cells });
  }
  for (const resident of forPeople ? [] : kept) {
    if (!step.ids || step.ids.has(resident.id)) step.emit(residentRecord(resident));
  }
  if (!step.ids && !step.signal.aborted) {
    step.details.digest = await digest.hex();
    step.details.cycle = listing.get<{ cycle: number }>(closedQuery)!.cycle;
    if (forPeople) step.say(raceLine(listing));
    if (forPeople) step.say(`the digest after cycle ${step.details.cycle} is ${step.details.digest}.`);
  }
  return { updates: 0, ...counts };
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
