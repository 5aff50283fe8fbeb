/**
 * Puts a plan into the listing.
 *
 * @module
 */

import type { Config } from "../../run/config_schema.ts";
import { agentId } from "../../run/id.ts";
import { planCycle } from "../../db/cycle.ts";
import type { Listing } from "../../db/listing.ts";
import { bear } from "../../db/transitions/creation.ts";
import { die } from "../../db/transitions/status.ts";
import type { Plan, PlannedBirth } from "../../selection/core.ts";
import { recordRanks, type Unranked } from "./record_ranks.ts";
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
    recordRanks(listing, cycle, plan.rankEntries, unranked);
    for (const { id, code, reason } of plan.deaths) die(listing, id, cycle, { code, message: reason });
    for (const birth of plan.births) enterBirth(listing, birth, cycle, config);
    planCycle(listing, statistics, { ...config.selection, strategy });
  });
}

function enterBirth(listing: Listing, birth: PlannedBirth, cycle: number, config: Config): void {
  const { kind, number, parents, generation } = birth;
  bear(listing, cycle, {
    id: agentId(listing.meta("seed")!, "birth", cycle, number),
    kind: kind as "birth" | "copy",
    generation,
    parents: parents.map(({ id, genome }) => ({ id: agentOf(id), genomeHash: genome })),
    genomeHash: parents[0]!.genome,
    codeHash: parents[0]!.code,
    buildHash: parents[0]!.build || null,
    energy: config.energy.start,
  });
}

/** The agent that a candidate is of: one in the archive names its genome as well. */
function agentOf(id: string): string {
  return id.split("@")[0]!;
}
