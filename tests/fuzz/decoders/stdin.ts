/** Records that a step reads from stdin. */

import { assert } from "@std/assert";
import fc from "fast-check";
import { Misuse } from "../../../lib/util/issue.ts";
import { readIds } from "../../../lib/step/stdin.ts";
import { anyBytes, lineOf, withBytesChanged, withPartsChanged } from "../changes.ts";
import type { Decoder } from "../decoder.ts";

const record = fc.record({
  type: fc.constantFrom("agent.scanned", "step.finished"),
  id: fc.option(fc.uuid()),
  ok: fc.boolean(),
  metrics: fc.dictionary(fc.string({ maxLength: 4 }), fc.nat(), { maxKeys: 3 }),
}, { requiredKeys: ["id"] });

function linesOf(records: fc.Arbitrary<unknown>): fc.Arbitrary<Uint8Array> {
  return fc.array(records, { maxLength: 6 }).map((all) => new Uint8Array(all.flatMap((one) => [...lineOf(one)])));
}

async function* inPieces(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  const length = Math.max(1, bytes.length % 61 + bytes.length / 8 | 0);
  for (let from = 0; from < bytes.length; from += length) yield bytes.slice(from, from + length);
}

export const stdin: Decoder = {
  async decode(bytes) {
    try {
      for (const id of await readIds(ReadableStream.from(inPieces(bytes)))) assert(id.length <= 128);
      return true;
    } catch (error) {
      if (!(error instanceof Misuse && error.issue.code === "stdin.line")) throw error;
      return false;
    }
  },
  inputs: fc.oneof(
    anyBytes,
    linesOf(withPartsChanged(record)),
    withBytesChanged(linesOf(withPartsChanged(record))),
    withBytesChanged(linesOf(record)),
  ),
  largest: lineOf({ id: "a", note: "n".repeat(1_000_000) }),
};
