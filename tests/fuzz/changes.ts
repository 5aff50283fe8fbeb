/** Valid inputs that were changed, as an attacker would: in their bytes, and in their structure. */

import fc from "fast-check";

/** A change of bytes; where it is is told by a share of the length. */
interface Change {
  readonly kind: "set" | "insert" | "remove" | "repeat" | "cut";
  readonly at: number;
  readonly length: number;
  readonly bytes: Uint8Array;
}

const telling = [0, 1, 0x0a, 0x22, 0x5b, 0x5d, 0x7b, 0x7d, 0x7f, 0x80, 0x93, 0xc0, 0xc1, 0xdb, 0xdd, 0xdf, 0xfe, 0xff];
const byte = fc.oneof(fc.constantFrom(...telling), fc.integer({ min: 0, max: 255 }));
const change: fc.Arbitrary<Change> = fc.record({
  kind: fc.constantFrom("set", "set", "set", "insert", "remove", "repeat", "cut"),
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  length: fc.integer({ min: 1, max: 40 }),
  bytes: fc.array(byte, { minLength: 1, maxLength: 6 }).map((bytes) => new Uint8Array(bytes)),
});

function changed(input: Uint8Array, { kind, at, length, bytes }: Change): Uint8Array {
  const from = Math.min(input.length, Math.floor(at * input.length));
  const [before, after] = [input.subarray(0, from), input.subarray(from)];
  switch (kind) {
    case "set":
      return joined(before, bytes, after.subarray(bytes.length));
    case "insert":
      return joined(before, bytes, after);
    case "remove":
      return joined(before, after.subarray(length));
    case "repeat":
      return joined(before, ...Array<Uint8Array>(length).fill(after.subarray(0, length)), after);
    case "cut":
      return before;
  }
}

function joined(...parts: Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** Inputs with a few bytes changed, or none. */
export function withBytesChanged(inputs: fc.Arbitrary<Uint8Array>): fc.Arbitrary<Uint8Array> {
  return fc.tuple(inputs, fc.array(change, { maxLength: 4 })).map(([input, changes]) => changes.reduce(changed, input));
}

// As texts, so that each is a value of its own.
const odd = [
  ...["null", "true", '""', '"__proto__"', '"constructor"', '"../x"', '"\\u0000"', '"\\u202e"'],
  ...["-1", "0.5", "1e308", "-0", "9007199254740992", "[]", "{}", "[[[[[[[[]]]]]]]]", '{"__proto__":{"x":1}}'],
];
const keys = ["__proto__", "constructor", "toString", "then", "toJSON", "id", "ok", "version", "length", "0"];

/** A change of a value within lists and records, told by the way that leads to it. */
interface Graft {
  readonly way: readonly number[];
  readonly kind: "replace" | "remove" | "add" | "repeat";
  readonly key: string;
  readonly value: unknown;
}

const graft: fc.Arbitrary<Graft> = fc.record({
  way: fc.array(fc.nat(1000), { maxLength: 6 }),
  kind: fc.constantFrom("replace", "replace", "remove", "add", "repeat"),
  key: fc.oneof(fc.constantFrom(...keys), fc.string({ maxLength: 8 })),
  value: fc.oneof(fc.constantFrom(...odd).map((text) => JSON.parse(text)), fc.jsonValue({ maxDepth: 2 })),
});

/** Follows the way as far as it goes, and changes what is there. */
function grafted(value: unknown, { way, ...rest }: Graft): unknown {
  const entries = entriesOf(value);
  if (way.length === 0 || entries.length === 0) return changedHere(value, rest);
  const chosen = way[0]! % entries.length;
  const inner = entries.map((
    [key, below],
    i,
  ) => [key, i === chosen ? grafted(below, { way: way.slice(1), ...rest }) : below]);
  return rebuilt(value, inner as [string, unknown][]);
}

function changedHere(value: unknown, { kind, key, value: other }: Omit<Graft, "way">): unknown {
  const entries = entriesOf(value);
  if (kind === "replace" || typeof value !== "object" || value === null) return other;
  if (kind === "remove") return rebuilt(value, entries.slice(1));
  if (kind === "add") return rebuilt(value, [...entries, [key, other]]);
  // What is long already would become longer than any decoder is given.
  if (!Array.isArray(value) || JSON.stringify(value).length > 2000) return [value, value];
  return Array(300).fill(value[0] ?? other);
}

function entriesOf(value: unknown): [string, unknown][] {
  return typeof value === "object" && value !== null ? Object.entries(value) : [];
}

/** With the keys of a record as its own, `__proto__` too. */
function rebuilt(like: unknown, entries: readonly [string, unknown][]): unknown {
  return Array.isArray(like) ? entries.map(([, value]) => value) : Object.fromEntries(entries);
}

/** Values with some parts replaced, removed, added or repeated, or none. */
export function withPartsChanged(values: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  return fc.tuple(values, fc.array(graft, { maxLength: 3 })).map(([value, grafts]) => grafts.reduce(grafted, value));
}

const encoder = new TextEncoder();

/** A value as a line of JSON; numbers that JSON has no words for become such that none can hold. */
export function lineOf(value: unknown): Uint8Array {
  return encoder.encode(`${JSON.stringify(value)?.replaceAll("1e+308", "1e999") ?? ""}\n`);
}

/** Random bytes, and long runs of one byte or of a few. */
export const anyBytes: fc.Arbitrary<Uint8Array> = fc.oneof(
  { weight: 30, arbitrary: fc.uint8Array({ maxLength: 300 }) },
  {
    weight: 1,
    arbitrary: fc.tuple(fc.array(byte, { minLength: 1, maxLength: 4 }), fc.integer({ min: 1, max: 40_000 }))
      .map(([bytes, times]) => Uint8Array.from({ length: bytes.length * times }, (_, i) => bytes[i % bytes.length]!)),
  },
);
