/**
 * What is asked of a comparison.
 *
 * @module
 */

import type { ArmName } from "./arms.ts";

/** What is to be compared. */
export interface CompareOptions {
  /** The absolute path of the template; absent: that of the run, else the default one. */
  readonly template?: string;
  /** Judged episodes of each run of an arm. */
  readonly budget: number;
  /** How many runs each arm has, of the seeds 1, 2, … */
  readonly seeds: number;
  /** Absent: all that the template can have. */
  readonly arms?: readonly ArmName[];
  /** Difference that is worth seeing, as the world means scores. */
  readonly margin?: number;
  /** Agents of the population; absent: as many as the run was to have whose template it is, else 100. */
  readonly count?: number;
  /** Worlds that what was chosen is judged on. */
  readonly tests: number;
}
