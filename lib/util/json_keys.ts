/**
 * Keys of a JSON text that are there twice, of which `JSON.parse` would take the last one in silence.
 *
 * @module
 */

/** A key that its object has twice or more. */
export interface RepeatedKey {
  /** Where the object lies, and the key: `selection.elites`. */
  readonly name: string;
  /** Lines and columns of its first and its second occurrence, from 1. */
  readonly places: readonly [string, string];
}

/** An object or a list that is being read. */
interface Open {
  /** Keys of an object by where they stand; absent: it is a list. */
  readonly keys?: Map<string, number>;
  /** The key, or the place in the list, of the value that is being read. */
  at: string | number;
}

const marks = /"(?:[^"\\]|\\.)*"|[{}[\],]/g;
const colon = /\s*:/y;

/**
 * The first key that an object of a text has twice, or nothing.
 *
 * Takes time in proportion to the text, whatever it holds. Keys are compared as what they mean: `"a"` is `"\u0061"`.
 *
 * @param text What `JSON.parse` takes.
 */
export function repeatedKey(text: string): RepeatedKey | undefined {
  const open: Open[] = [];
  for (const { 0: mark, index } of text.matchAll(marks)) {
    const inner = open.at(-1);
    if (mark === "{") open.push({ keys: new Map(), at: "" });
    else if (mark === "[") open.push({ at: 0 });
    else if (mark === "}" || mark === "]") open.pop();
    else if (mark === ",") {
      if (typeof inner?.at === "number") inner.at++;
    } else if (inner?.keys && isKey(text, index + mark.length)) {
      const key = JSON.parse(mark) as string;
      inner.at = key;
      const first = inner.keys.get(key);
      if (first !== undefined) {
        return { name: open.map(({ at }) => at).join("."), places: [place(text, first), place(text, index)] };
      }
      inner.keys.set(key, index);
    }
  }
  return undefined;
}

function isKey(text: string, end: number): boolean {
  colon.lastIndex = end;
  return colon.test(text);
}

function place(text: string, index: number): string {
  const before = text.slice(0, index).split("\n");
  return `${before.length}:${before.at(-1)!.length + 1}`;
}
