/**
 * How long a hook is left alone after a failure.
 *
 * @module
 */

/** How back-offs grow. */
export interface BackoffRule {
  readonly initialBackoffSeconds: number;
  readonly maxBackoffSeconds: number;
}

/**
 * Milliseconds until the next attempt: twice as long after each failure, and not less than the receiver asks for, up to the
 * longest.
 *
 * @param failures In a row, at least 1.
 */
export function backoffMs(failures: number, retryAfterMs: number, rule: BackoffRule): number {
  const seconds = Math.min(rule.maxBackoffSeconds, rule.initialBackoffSeconds * 2 ** Math.min(failures - 1, 60));
  return Math.ceil(Math.min(rule.maxBackoffSeconds * 1000, Math.max(seconds * 1000, retryAfterMs)));
}
