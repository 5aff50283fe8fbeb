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
import type { Birth, Plan } from "./plan.ts";
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

function enterBirth(listing: Listing, birth: Birth, cycle: number, config: Config): void {
  const { kind, number, parents } = birth;
  const [{ generation, codeHash, buildHash }] = parents;
  bear(listing, cycle, {
    id: agentId(listing.meta("seed")!, "birth", cycle, number),
    kind,
    generation: generation + (kind === "copy" ? 0 : 1),
    parents,
    codeHash,
    buildHash,
    energy: config.energy.start,
  });
}
