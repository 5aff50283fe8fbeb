/** What the judge's process writes: it runs the template's world. */

import { assert } from "@std/assert";
import fc from "fast-check";
import { readVerdict } from "../../../lib/isolation/judge.ts";
import { anyBytes, lineOf, withBytesChanged, withPartsChanged } from "../changes.ts";
import type { Decoder } from "../decoder.ts";

const token = "0123456789abcdef0123456789abcdef";
const request = { token, episodes: 2 };
const measures = fc.dictionary(fc.stringMatching(/^[a-z]{1,6}$/), fc.double({ noNaN: true }), { maxKeys: 4 });
const valid = fc.oneof(
  fc.record({
    token: fc.constant(token),
    ok: fc.constant(true),
    judgements: fc.array(fc.record({ score: fc.nat(), measures }), { minLength: 2, maxLength: 2 }),
  }),
  fc.record({ token: fc.constant(token), ok: fc.constant(false), code: fc.string(), message: fc.string() }),
);
const changed = withPartsChanged(valid).map(lineOf);

export const verdict: Decoder = {
  decode(bytes) {
    const read = readVerdict(new TextDecoder().decode(bytes), request);
    if (!read) return false;
    assert(read.token === token);
    if (read.ok) {
      assert(read.judgements.length === 2);
      for (const { score, measures } of read.judgements) {
        assert(Number.isFinite(score) && score >= 0 && Object.values(measures).every(Number.isFinite));
      }
    } else assert(typeof read.message === "string");
    return true;
  },
  inputs: fc.oneof(anyBytes, changed, withBytesChanged(changed), withBytesChanged(valid.map(lineOf))),
  largest: lineOf({ token, ok: false, code: "world", message: "m".repeat(1_000_000) }),
};
