/**
 * Scores that were earned under other conditions than the present ones.
 *
 * @module
 */

import { forgetBests } from "../../db/cycle.ts";
import type { Listing } from "../../db/listing.ts";
import { assumeConditions, dropScores } from "../../db/transitions/score.ts";

/**
 * Takes from agents the scores that they earned under other conditions: those remain in the records of their evaluations, and
 * the agents are due again, and unranked until they are judged. Does nothing while the conditions stay.
 *
 * @returns How many agents that are alive had such a score.
 */
export function renewConditions(listing: Listing, conditions: string): number {
  const before = listing.meta("conditions");
  if (before === conditions) return 0;
  return listing.transaction(() => {
    // A listing of before conditions were recorded: its scores are taken for ones of the present conditions.
    if (before === undefined) assumeConditions(listing, conditions);
    else forgetBests(listing);
    listing.setMeta("conditions", conditions);
    return dropScores(listing, conditions);
  });
}
