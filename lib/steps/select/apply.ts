/**
 * Puts a plan into the listing.
 *
 * @module
 */

import type { Config } from "../../run/config_schema.ts";
import { agentId } from "../../run/id.ts";
import type { Listing } from "../../db/listing.ts";
import { die } from "../../db/state.ts";
import { recordEvent } from "../../db/events.ts";
import type { Birth, Plan } from "./plan.ts";
import { recordRanks, type Unranked } from "./ranks.ts";
import type { CycleStatistics } from "../../records/cycle.ts";

/** What is recorded of a selection besides its plan. */
export interface Selected {
  readonly statistics: CycleStatistics;
  readonly unranked: readonly Unranked[];
  /** Name of the strategy. */
  readonly strategy: string;
  readonly config: Config;
}

/**
 * Records ranks, deaths, births and the cycle's statistics in one transaction; no folder is touched.
 *
 * Newborn agents are `planned`: their folders are made from what is recorded here.
 */
export function apply(listing: Listing, plan: Plan, { statistics, unranked, strategy, config }: Selected): void {
  const { cycle } = statistics;
  listing.transaction(() => {
    recordRanks(listing, cycle, plan.standings, unranked);
    for (const { id, code, reason } of plan.deaths) die(listing, id, cycle, { code, message: reason });
    for (const birth of plan.births) insertBirth(listing, birth, cycle, config);
    listing.run(
      "UPDATE cycles SET state = 'planned', statistics = ?, selection = ? WHERE cycle = ? AND state = 'judged'",
      JSON.stringify(statistics),
      JSON.stringify({ ...config.selection, strategy }),
      cycle,
    );
  });
}

function insertBirth(listing: Listing, birth: Birth, cycle: number, config: Config): void {
  const [first, ...mates] = birth.parents;
  const id = agentId(listing.meta("seed")!, "birth", cycle, birth.number);
  const generation = first.generation + (birth.kind === "copy" ? 0 : 1);
  const parents = birth.parents.map((parent) => ({ id: parent.id, genomeHash: parent.genomeHash, share: null }));
  listing.run(
    `INSERT INTO agents (ordinal, id, status, kind, state, generation, born, parents, genome_hash, code_hash,
        build_hash, energy)
      VALUES ((SELECT max(ordinal) + 1 FROM agents), ?, 'active', ?, 'planned', ?, ?, ?, ?, ?, ?, ?)`,
    id,
    birth.kind,
    generation,
    cycle,
    JSON.stringify(parents),
    first.genomeHash,
    first.codeHash,
    first.buildHash,
    config.energy.start,
  );
  mates.forEach((mate, position) =>
    listing.run(
      "INSERT INTO inboxes (agent, position, kind, sender, body) VALUES (?, ?, 'mate', ?, ?)",
      id,
      position,
      mate.id,
      mate.genomeHash,
    )
  );
  recordEvent(listing, cycle, "agent.born", id, { kind: birth.kind, generation, parents });
}
