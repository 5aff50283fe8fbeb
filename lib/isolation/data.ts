/**
 * The data of a world where it is handed to processes: its line, and how much their limits grow by it.
 *
 * @module
 */

import type { ProcessLimits } from "./limits.ts";

/** What it costs a process to load the data of its world. */
export interface DataCost {
  /** CPU time in milliseconds. */
  readonly ms: number;
  /** Memory in MiB. */
  readonly memoryMiB: number;
}

/** The data of a world, proved. */
export interface HostedData {
  /** JSON of a record with a member `data`, without the end of a line. */
  readonly line: string;
  /** The same with its end. */
  readonly bytes: Uint8Array;
  readonly cost: DataCost;
}

/** How much longer and larger than measured loading may turn out. */
const margin = 2;

/** The limits of a process with what it takes to load the data: so an evaluation has all of its own left. */
export function withData(limits: ProcessLimits, data: Pick<HostedData, "cost"> | undefined): ProcessLimits {
  if (!data) return limits;
  const seconds = Math.ceil(margin * data.cost.ms / 1000);
  return {
    ...limits,
    memoryMiB: limits.memoryMiB + Math.ceil(margin * data.cost.memoryMiB),
    cpuSeconds: limits.cpuSeconds + seconds,
    wallSeconds: limits.wallSeconds + seconds,
  };
}
