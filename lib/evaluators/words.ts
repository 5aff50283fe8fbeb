/**
 * What errors of libraries say, in a line.
 *
 * @module
 */

/** The words of an error in one line. */
export function wordsOf(error: unknown): string {
  const { message, cause } = error as { message?: unknown; cause?: { message?: unknown } };
  const words = [message ?? error, cause?.message].filter((one) => one !== undefined).map(String);
  return [...new Set(words)].join(": ").replaceAll(/\s+/g, " ").slice(0, 300);
}
