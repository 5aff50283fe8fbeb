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

/** A string, a number, a bracket or a comma of a text of JSON. */
export interface JsonMark {
  readonly mark: string;
  readonly index: number;
}

/** Strings, numbers, brackets and commas of a text that is JSON, in their order. A text may be as long as it likes. */
export function* jsonMarks(text: string): Generator<JsonMark> {
  const marks = /["{}[\],]|-?\d[\d.eE+-]*/g;
  for (let found = marks.exec(text); found; found = marks.exec(text)) {
    const { 0: mark, index } = found;
    if (mark !== '"') {
      yield { mark, index };
      continue;
    }
    // A pattern for all of a string would need a stack as long as the string.
    marks.lastIndex = stringEnd(text, index);
    yield { mark: text.slice(index, marks.lastIndex), index };
  }
}

function stringEnd(text: string, from: number): number {
  const ends = /["\\]/g;
  ends.lastIndex = from + 1;
  for (let found = ends.exec(text); found; found = ends.exec(text)) {
    if (found[0] === '"') return ends.lastIndex;
    ends.lastIndex++;
  }
  return text.length;
}

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
  for (const { mark, index } of jsonMarks(text)) {
    const inner = open.at(-1);
    if (mark === "{") open.push({ keys: new Map(), at: "" });
    else if (mark === "[") open.push({ at: 0 });
    else if (mark === "}" || mark === "]") open.pop();
    else if (mark === ",") {
      if (typeof inner?.at === "number") inner.at++;
    } else if (inner?.keys && isKey(text, index, mark)) {
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

/** Whether a mark is a string that names a member of an object. */
export function isKey(text: string, index: number, mark: string): boolean {
  colon.lastIndex = index + mark.length;
  return mark[0] === '"' && colon.test(text);
}

function place(text: string, index: number): string {
  const before = text.slice(0, index).split("\n");
  return `${before.length}:${before.at(-1)!.length + 1}`;
}
