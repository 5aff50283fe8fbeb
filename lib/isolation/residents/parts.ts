/**
 * What a keeper of residents works with.
 *
 * @module
 */

import type { Listing } from "../../db/listing.ts";
import type { ProcessLimits } from "../limits.ts";
import type { RestartOptions } from "./policy.ts";

/** What the configuration says of residents; times are in seconds. */
export interface ResidentOptions extends RestartOptions {
  readonly startTimeoutSeconds: number;
  readonly heartbeatIntervalSeconds: number;
  readonly heartbeatTimeoutSeconds: number;
}

/** What a keeper works with. */
export interface KeeperParts {
  readonly listing: Listing;
  /** The run's folder of residents. */
  readonly folder: string;
  readonly options: ResidentOptions;
  readonly limits: ProcessLimits;
  /** The program that runs agents. */
  readonly deno: string;
  /** How many steps an evaluation has at most. */
  readonly steps: number;
  /** The run's seed: each agent's back-offs have a stream of their own. */
  readonly seed: string;
  /** How many are started, adopted or asked at once. */
  readonly atOnce: number;
  readonly signal: AbortSignal;
}
