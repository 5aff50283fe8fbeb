/** Files of a template's data. */

import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { DataError, parseData } from "../../../lib/template/parse_data.ts";
import { anyBytes, lineOf, withBytesChanged, withPartsChanged } from "../changes.ts";
import { accepts, type Decoder } from "../decoder.ts";

const encoder = new TextEncoder();
const kinds = ["json", "ndjson", "csv", "txt"] as const;

/** A file whose first byte says what it is read as. */
function fileOf(bytes: Uint8Array): [path: string, bytes: Uint8Array] {
  return [`data/file.${kinds[(bytes[0] ?? 0) % kinds.length]}`, bytes.subarray(1)];
}

function withKind(texts: fc.Arbitrary<Uint8Array>): fc.Arbitrary<Uint8Array> {
  return fc.tuple(fc.nat(kinds.length - 1), texts).map(([kind, text]) => new Uint8Array([kind, ...text]));
}

const values = withPartsChanged(fc.jsonValue() as fc.Arbitrary<unknown>).map(lineOf);
const cell = fc.oneof(fc.double().map(String), fc.constantFrom("", '"', '"a,b"', "1e999", "__proto__", "x"));
const tables = fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), { maxLength: 6 })
  .map((rows) => encoder.encode(`a,b,c\n${rows.map((row) => row.join(",")).join("\n")}`));

export const data: Decoder = {
  decode: (bytes) =>
    accepts(() => {
      const value = parseData(...fileOf(bytes));
      const text = JSON.stringify(value);
      // What engines are given is what comes out of it again.
      assertEquals(JSON.stringify(JSON.parse(text)), text);
    }, (error) => error instanceof DataError),
  inputs: withKind(fc.oneof(anyBytes, values, tables, withBytesChanged(values), withBytesChanged(tables))),
  largest: new Uint8Array([0, ...encoder.encode(`[${'{"key":[1.5,"text"]},'.repeat(20_000)}1]`)]),
};
