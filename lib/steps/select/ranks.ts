/**
 * Keeps how agents came off in a selection.
 *
 * @module
 */

import type { Listing } from "../../db/listing.ts";
import { lastEvent } from "../../db/events.ts";
import type { Issue } from "../../util/issue.ts";
import type { Standing } from "./plan.ts";

/** An agent whose result could not be ranked, and why. */
export interface Unranked {
  readonly id: string;
  readonly issue: Issue;
}

const insert = `
INSERT INTO ranks (agent, cycle, after_event, place, ranked, score, fitness, holds, fertile, elite, drawn, won, message)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;

/** Records the ranks of a cycle, and who stayed without one; call it in the transaction of what follows from them. */
export function recordRanks(
  listing: Listing,
  cycle: number,
  standings: readonly Standing[],
  unranked: readonly Unranked[],
): void {
  const after = listing.get<{ event: number }>(`SELECT ${lastEvent} AS event`)!.event;
  for (const { one, place, elite, tournaments } of standings) {
    listing.run(
      insert,
      one.id,
      cycle,
      after,
      place,
      standings.length,
      one.score,
      one.fitness,
      Number(one.holds),
      Number(one.fertile),
      Number(elite),
      tournaments?.drawn ?? null,
      tournaments?.won ?? null,
      null,
    );
  }
  for (const { id, issue } of unranked) {
    listing.run(insert, id, cycle, after, null, standings.length, null, null, 1, 0, 0, null, null, issue.message);
  }
}
