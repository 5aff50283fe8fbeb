/**
 * What an evaluation took of the machine.
 *
 * @module
 */

/** What an evaluation took; for reports only: nothing is decided by it. */
export interface Taken {
  /** From start to end, in milliseconds; null where nothing was started. */
  readonly wallMs: number | null;
  /** CPU time of its processes in milliseconds; absent where that can't be told from that of others. */
  readonly cpuMs?: number;
  /** Most memory that it had at once, in bytes; absent where that was not measured. */
  readonly memoryBytes?: number;
}
