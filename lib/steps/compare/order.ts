/**
 * What a Worker is asked for: one run of one arm.
 *
 * @module
 */

import type { Ground, Plan } from "../../arms/plan.ts";
import type { ArmName } from "./arms.ts";

/** What all runs of a comparison have in common. */
export interface ComparisonPlan extends Plan {
  /** Worlds on which what was chosen is judged, as far as there are so many. */
  readonly tests: number;
  /** Whether what is held to be the best on the way is judged as well. @default true */
  readonly curve?: boolean;
}

/** One run. */
export interface Order extends Ground, ComparisonPlan {
  readonly arm: ArmName;
  /** The genome of an arm that does not search. */
  readonly given?: Uint8Array<ArrayBuffer>;
}
