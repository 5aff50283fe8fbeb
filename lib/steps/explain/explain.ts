/**
 * Tells what became of an agent, and why, from what is recorded.
 *
 * @module
 */

import type { Parent } from "../../records/record.ts";
import { findAgent } from "../../db/find_agent.ts";
import { Listing } from "../../db/listing.ts";
import type { Counts, StepContext } from "../../step/context.ts";
import { shownWorld } from "../../template/template.ts";
import { buildEntries } from "./builds.ts";
import { byTime, type Entry, type Subject } from "./entry.ts";
import { eventEntries } from "./events.ts";
import { Genomes } from "./genomes.ts";
import { evaluationEntries } from "./evaluations.ts";
import { presentEntries } from "./present.ts";
import { rankEntries } from "./ranks.ts";
import { withdrawnEntries } from "./withdrawn.ts";

/** Options of `explain` besides the agent. */
export interface ExplainOptions {
  /** First cycle to tell of, from 0. @default 0 */
  readonly since?: number;
}

/**
 * Emits one `agent.explained` for each thing that became of an agent, in order, and last what it is now.
 *
 * Takes no lock: all is read within one snapshot of the listing. Needs read permission for the listing, its
 * write-ahead log and the run's template.
 *
 * @throws {Misuse} If the step's arguments name no agent, or several.
 */
export function explain(step: StepContext, { since = 0 }: ExplainOptions = {}): Counts {
  using listing = Listing.open(step.paths.listing, { readOnly: true });
  listing.db.exec("BEGIN");
  try {
    const id = findAgent(listing, step.args);
    const story = tell(read(step, listing, id)).filter(({ cycle }) => cycle >= since);
    for (const { cycle, reason, facts } of story) {
      step.emit({ type: "agent.explained", id, ok: true, cycle, reason, ...facts });
    }
    return { updates: 0, entries: story.length };
  } finally {
    listing.db.exec("COMMIT");
  }
}

function tell(subject: Subject): Entry[] {
  const sources = [eventEntries, buildEntries, evaluationEntries, withdrawnEntries, rankEntries, presentEntries];
  return sources.flatMap((source) => source(subject)).sort(byTime);
}

const query = `
SELECT id, status, stage, generation, parents, genome_hash AS genomeHash, code_hash AS codeHash,
  reach, built_from AS builtFrom, score, energy, backoff_until_cycle AS backoffUntilCycle
FROM agents WHERE id = ?`;

type AgentRow = Omit<Subject, "listing" | "genomes" | "world" | "objective" | "parents"> & { parents: string };

function read({ paths }: StepContext, listing: Listing, id: string): Subject {
  const row = listing.get<AgentRow>(query, id)!;
  const parents = JSON.parse(row.parents) as Parent[];
  const world = shownWorld(paths, listing);
  return { ...row, parents, listing, genomes: new Genomes(listing), world, objective: world?.objectives?.[0] };
}
