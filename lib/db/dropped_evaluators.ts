/**
 * Evaluators on other machines that have lied, by name.
 *
 * @module
 */

import type { EvaluatorDrop } from "../records/evaluators.ts";
import type { EvaluatorDropped } from "../records/events.ts";
import { recordEvent } from "./events.ts";
import type { Listing } from "./listing.ts";

const key = "droppedEvaluators";

/** How many are remembered: the last ones, as each start of an evaluator has a name of its own. */
const most = 256;

/** One whose replies count no more in this run. */
export interface DroppedEvaluator extends EvaluatorDrop {
  /** Its name. */
  readonly evaluator: string;
}

/** Those whose replies count no more in this run, in the order in which they were dropped. */
export function droppedEvaluators(listing: Listing): readonly DroppedEvaluator[] {
  const kept: readonly (string | DroppedEvaluator)[] = JSON.parse(listing.meta(key) ?? "[]");
  // Formerly the names alone were kept.
  return kept.map((one) => typeof one === "string" ? { evaluator: one, ...unknown } : one);
}

const unknown = { cycle: null, agent: null, kind: null, at: null } as const;

/** Remembers one, and records the event. */
export function dropEvaluator(listing: Listing, dropped: EvaluatorDropped & { readonly cycle: number }): void {
  const { cycle, ...data } = dropped;
  const one: DroppedEvaluator = { ...dropped, at: new Date().toISOString() };
  listing.transaction(() => {
    listing.setMeta(key, JSON.stringify([...droppedEvaluators(listing), one].slice(-most)));
    recordEvent(listing, cycle, "evaluator.dropped", null, data);
  });
}
