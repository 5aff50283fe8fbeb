/**
 * When a resident that ended is started again, and when it is not any more.
 *
 * @module
 */

/** What the configuration says of restarts; times are in seconds. */
export interface RestartOptions {
  /** Back-off before the second restart in a row; the first comes at once, and each further back-off is twice as long. */
  readonly initialBackoffSeconds: number;
  /** Longest back-off, jitter included. */
  readonly maxBackoffSeconds: number;
  /** Largest share of a back-off that is added at random, 0 to 1. */
  readonly jitter: number;
  /** One that was up for so long counts as healthy: the back-off begins anew. */
  readonly minUptimeSeconds: number;
  /** Ends within the window after which an agent is disabled. */
  readonly maxRestarts: number;
  readonly restartWindowSeconds: number;
}

/** The history of a resident's ends. */
export interface History {
  /** Ends in a row, without health in between. */
  readonly streak: number;
  /** Times of the ends within the window, in milliseconds since 1970. */
  readonly ends: readonly number[];
}

/** A resident without a history. */
export const unharmed: History = { streak: 0, ends: [] };

/** An end, and what there is to know of it. */
export interface End {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** For how long it was up, in milliseconds; 0 if it never was. */
  readonly upMs: number;
  /** A random number in `[0, 1)` of the agent's own stream. */
  readonly random: number;
  /** Whether it counts against its agent; else it is only waited for longer and longer. */
  readonly counts: boolean;
}

/** What follows from an end: a back-off of so many milliseconds, or null where it has ended too often. */
export interface Consequence {
  readonly history: History;
  readonly backoffMs: number | null;
}

/** What follows from the end of a resident that nothing asked to end. */
export function afterEnd(history: History, { at, upMs, random, counts }: End, options: RestartOptions): Consequence {
  const streak = upMs >= options.minUptimeSeconds * 1000 ? 0 : history.streak;
  // A clock that was set back must not keep ends in the window for ever.
  const recent = history.ends.filter((end) => end > at - options.restartWindowSeconds * 1000 && end <= at);
  const next = { streak: streak + 1, ends: counts ? [...recent, at] : recent };
  const isWorn = counts && next.ends.length >= options.maxRestarts;
  return { history: next, backoffMs: isWorn ? null : backoffMs(streak, random, options) };
}

function backoffMs(
  streak: number,
  random: number,
  { initialBackoffSeconds, maxBackoffSeconds, jitter }: RestartOptions,
): number {
  if (streak === 0) return 0;
  // Beyond 2^30 the cap decides, which is smaller.
  const backoff = Math.min(maxBackoffSeconds, initialBackoffSeconds * 2 ** Math.min(30, streak - 1));
  return Math.min(maxBackoffSeconds, backoff * (1 + jitter * random)) * 1000;
}
