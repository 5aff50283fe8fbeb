/**
 * The conditions of a score: world, environment, episodes, steps, and the semantics of the runtime. Scores of other conditions are not comparable.
 *
 * @module
 */

import { sha256 } from "../../util/hash.ts";
import type { Listing } from "../../db/listing.ts";
import { assumeConditions, dropScores } from "../../db/transitions/score.ts";
import type { WorldSeed } from "../../runtime/contract.ts";
import { semantics } from "../../runtime/semantics.ts";

/**
 * SHA-256 of what scores depend on besides genome and chance; limits, concurrency and isolation are no part of it.
 *
 * @param worldHash Hash of the world's code.
 * @param worlds The worlds of a cycle, at least one.
 */
export async function conditionsOf(worldHash: string, worlds: readonly WorldSeed[]): Promise<string> {
  const { environment, steps } = worlds[0]!;
  // The first semantics had no number.
  const number = semantics === 1 ? [] : [semantics];
  return await sha256(JSON.stringify([worldHash, environment, worlds.length, steps, ...number]));
}

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
    listing.setMeta("conditions", conditions);
    return dropScores(listing, conditions);
  });
}
