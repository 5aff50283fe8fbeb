/**
 * What a chain of cycles may be asked for.
 *
 * @module
 */

import type { IsolationName } from "../../isolation/names.ts";
import type { Mode } from "../../isolation/modes.ts";
import type { CycleStatistics } from "../../records/cycle.ts";
import type { RaceReport } from "../../records/race.ts";
import type { Ends } from "./ends.ts";

/** What the person asked for. */
export interface LifecycleOptions extends Ends {
  /** So many cycles more. */
  readonly cycles?: number;
  /** Minutes from the command's start in which it is over; absent: as many as it takes. */
  readonly minutes?: number;
  /** Milliseconds since the command's start. @default performance.now */
  readonly now?: () => number;
  /** Seconds between two cycles; absent: 0 where anything but Ctrl-C is to end it, else 1. */
  readonly sleep?: number;
  readonly workers?: number;
  readonly concurrency?: number;
  readonly isolation?: IsolationName;
  /** `host:port` of each server of the broker at which evaluators on other machines are. */
  readonly evaluators?: readonly string[];
  /** How `supervise` runs agents: with `resident` it leaves them running at the end of each cycle. */
  readonly mode?: Mode;
  readonly selection?: string;
  /** Whether the best genome is named by a final race when it is over. @default true */
  readonly race?: boolean;
  /** Whether random search with a race at the run's budget is judged beside its winner. @default false */
  readonly controls?: boolean;
  /** The token of the lock that this chain holds. */
  readonly token: string;
  /** Called with each finished cycle, when all its steps are done. */
  readonly onCycle: (statistics: CycleStatistics) => void;
  /** Called with what a final race came to. */
  readonly onRace?: (report: RaceReport) => void;
}
