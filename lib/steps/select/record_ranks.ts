/**
 * Keeps how agents came off in a selection.
 *
 * @module
 */

import type { Listing } from "../../db/listing.ts";
import { putRank } from "../../db/ranks.ts";
import { lastEvent } from "../../db/read_events.ts";
import type { Issue } from "../../util/issue.ts";
import type { RankEntry } from "../../selection/core.ts";

/** An agent whose result could not be ranked, and why. */
export interface Unranked {
  readonly id: string;
  readonly issue: Issue;
}

/** Records the ranks of a cycle, and which agents stayed without one; call it in the transaction of what follows from them. */
export function recordRanks(
  listing: Listing,
  cycle: number,
  rankEntries: readonly RankEntry[],
  unranked: readonly Unranked[],
): void {
  const shared = { cycle, afterEvent: lastEvent(listing), ranked: rankEntries.length };
  for (const { one, place, elite, tournaments } of rankEntries) {
    const { score = null, fitness, hasRankedGenome, fertile } = one;
    const { drawn, won } = tournaments ?? { drawn: null, won: null };
    const came = { place, score, fitness, hasRankedGenome, fertile, elite, drawn, won, message: null };
    putRank(listing, { ...shared, agent: one.id, ...came });
  }
  for (const { id, issue } of unranked) {
    putRank(listing, { ...shared, ...unplaced, agent: id, message: issue.message });
  }
}

const unplaced = {
  place: null,
  score: null,
  fitness: null,
  hasRankedGenome: true,
  fertile: false,
  elite: false,
  drawn: null,
  won: null,
};
