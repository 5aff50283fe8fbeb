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
import { agentOf, archive } from "./archived.ts";
import type { DrawnGenome } from "./random_genomes.ts";
import { recordRanks, type Unranked } from "./record_ranks.ts";
import type { CycleStatistics } from "../../records/cycle.ts";

/** What is recorded of a selection besides its plan. */
export interface Selected {
  readonly statistics: CycleStatistics;
  readonly unranked: readonly Unranked[];
  /** Name of the strategy. */
  readonly strategy: string;
  readonly config: Config;
  /** Hash of the pool. */
  readonly pool: string;
  /** Genomes of random births, by the births' numbers. */
  readonly drawn: ReadonlyMap<number, DrawnGenome>;
}

/**
 * Records ranks, deaths, births, archive and the cycle's statistics in one transaction; no folder is touched.
 *
 * Newborn agents are `planned`: their folders are made from what is recorded here.
 */
export function apply(listing: Listing, plan: Plan, selected: Selected): void {
  const { statistics, unranked, strategy, config } = selected;
  const { cycle } = statistics;
  listing.transaction(() => {
    recordRanks(listing, cycle, plan.rankEntries, unranked);
    for (const { id, code, reason } of plan.deaths) die(listing, id, cycle, { code, message: reason });
    for (const birth of plan.births) enterBirth(listing, birth, selected);
    archive(listing, plan.archive);
    planCycle(listing, statistics, { ...config.selection, strategy });
  });
}

function enterBirth(listing: Listing, birth: PlannedBirth, selected: Selected): void {
  const { kind, number, parents, generation, island, age } = birth;
  const { statistics: { cycle }, config } = selected;
  bear(listing, cycle, {
    id: agentId(listing.meta("seed")!, "birth", cycle, number),
    kind,
    generation,
    parents: parents.map(({ id, genome }) => ({ id: agentOf(id), genomeHash: genome })),
    ...beginning(listing, birth, selected),
    energy: config.energy.start,
    island,
    birthAge: age,
  });
}

/** What it begins with: what its first parent has, or a genome that is drawn. */
function beginning(listing: Listing, { number, parents: [first] }: PlannedBirth, { pool, drawn }: Selected) {
  if (first) return { genomeHash: first.genome, codeHash: first.code, buildHash: first.build || null };
  const { hash, bytes } = drawn.get(number)!;
  listing.putBlob(hash, "genome", bytes);
  return { genomeHash: hash, codeHash: pool, buildHash: null };
}
