/**
 * Evaluators on other machines that have lied, by name.
 *
 * @module
 */

import type { Listing } from "./listing.ts";

const key = "droppedEvaluators";

/** How many are remembered: the last ones, as each start of an evaluator has a name of its own. */
const most = 256;

/** Names of evaluators whose replies count no more in this run. */
export function droppedEvaluators(listing: Listing): readonly string[] {
  return JSON.parse(listing.meta(key) ?? "[]");
}

/** Remembers one. */
export function dropEvaluator(listing: Listing, name: string): void {
  listing.setMeta(key, JSON.stringify([...droppedEvaluators(listing), name].slice(-most)));
}
