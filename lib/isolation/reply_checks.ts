/**
 * What is demanded of all that a reply holds.
 *
 * @module
 */

/** A reply that is none; the message goes on after "its reply". */
export class ReplyError extends Error {
  override name = "ReplyError";
}

/** Checks a number, or a list of at most so many. */
export function numbers(value: unknown, what: string, most: number): void {
  if (!Array.isArray(value)) return finite(value, what);
  list(value, what, most);
  for (const item of value) finite(item, what);
}

export function record(
  value: unknown,
  what: string,
  names: readonly string[],
  others: readonly string[] = [],
): Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) fail(`must be an object where ${what} is`);
  const keys = Object.keys(value);
  const known = names.every((name) => Object.hasOwn(value, name)) ? names.length : -1;
  if (keys.length !== known && keys.length !== known + others.filter((name) => Object.hasOwn(value, name)).length) {
    fail(`must have just the members ${names.join(", ")} where ${what} is`);
  }
  return value as Record<string, unknown>;
}

export function list(value: unknown, what: string, most: number): asserts value is unknown[] {
  if (!Array.isArray(value)) fail(`must hold a list as ${what}`);
  if (value.length > most) fail(`must hold at most ${most} items as ${what}: it holds ${value.length}`);
}

export function finite(value: unknown, what: string): asserts value is number {
  if (typeof value !== "number" || !Number.isFinite(value)) fail(`must hold finite numbers only in ${what}`);
}

export function fail(message: string): never {
  throw new ReplyError(message);
}
