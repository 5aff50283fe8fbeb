/**
 * How long an agent is backed off after a crash, in cycles.
 *
 * @module
 */

import { deriveSeed, stream } from "../runtime/random.ts";

/** What the configuration says of crashes. */
export interface BackoffOptions {
  /** Crashes in a row after which an agent is disabled. */
  readonly crashes: number;
  /** Longest back-off in cycles, jitter included. */
  readonly capCycles: number;
  /** Largest share of the back-off that is added at random, 0 to 1. */
  readonly jitter: number;
}

/**
 * The first cycle in which an agent is due again: it is backed off for 1, 2, 4 … cycles up to the cap.
 *
 * @param seed The run's seed.
 * @param id The agent, whose own stream gives the jitter.
 * @param cycle The cycle of the crash.
 * @param crashes Crashes in a row, this one included: at least 1.
 */
export function backoffUntilCycle(
  seed: string,
  id: string,
  cycle: number,
  crashes: number,
  options: BackoffOptions,
): number {
  // Beyond 2^30 the cap decides, which is smaller.
  const backoff = Math.min(options.capCycles, 2 ** Math.min(30, crashes - 1));
  const jitter = Math.floor(backoff * options.jitter * stream(deriveSeed(seed, "backoff", id, cycle))());
  return cycle + 1 + Math.min(options.capCycles, backoff + jitter);
}

/** Whether an agent has crashed so often in a row that it is disabled. */
export function isWornOut(crashes: number, options: BackoffOptions): boolean {
  return crashes >= options.crashes;
}
