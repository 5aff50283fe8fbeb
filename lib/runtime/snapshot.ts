/**
 * Snapshots of a world's state, by which it is found out whether something has changed it.
 *
 * @module
 */

const { getPrototypeOf, keys } = Object;
const { isArray } = Array;

/** Values that a snapshot holds at most: of a larger state the first ones. */
const most = 200_000;

/**
 * What a state holds, as a text: equal states give equal texts. Functions, and what only they can reach, are not looked
 * into.
 *
 * @param state Anything, with circles or without.
 */
export function snapshotOf(state: unknown): string {
  const parts: string[] = [];
  const seen = new Map<object, number>();
  const waiting: unknown[] = [state];
  while (waiting.length > 0 && parts.length < most) {
    const value = waiting.pop();
    if (typeof value !== "object" || value === null) {
      parts.push(Object.is(value, -0) ? "-0" : typeof value === "function" ? "f" : `${typeof value}:${String(value)}`);
      continue;
    }
    const known = seen.get(value);
    if (known !== undefined) {
      parts.push(`#${known}`);
      continue;
    }
    seen.set(value, seen.size);
    if (isArray(value) || value instanceof TypedArray) {
      const list = value as ArrayLike<unknown>;
      parts.push(`[${list.length}`);
      for (let i = list.length - 1; i >= 0; i--) waiting.push(list[i]);
    } else if (value instanceof Map) {
      parts.push(`map${value.size}`);
      value.forEach((item, key) => waiting.push(item, key));
    } else if (value instanceof Set) {
      parts.push(`set${value.size}`);
      value.forEach((item) => waiting.push(item));
    } else {
      const record = value as Readonly<Record<string, unknown>>;
      const names = keys(record);
      parts.push(`{${names.join()}`);
      for (const name of names) waiting.push(record[name]);
    }
  }
  return parts.join("\n");
}

const TypedArray = getPrototypeOf(Uint8Array) as new () => ArrayLike<unknown>;
