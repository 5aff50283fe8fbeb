/** Text of agents that is shown, and configurations of strangers. */

import { assert, assertFalse } from "@std/assert";
import fc from "fast-check";
import { parseConfig } from "../../../lib/run/config_check.ts";
import { defaultConfig } from "../../../lib/run/config_defaults.ts";
import { lastErrorLine, shownText } from "../../../lib/util/text.ts";
import { Misuse } from "../../../lib/util/issue.ts";
import { anyBytes, lineOf, withBytesChanged, withPartsChanged } from "../changes.ts";
import { accepts, type Decoder } from "../decoder.ts";

const telling = [
  "\x1b[31m",
  "\x1b]0;title\x07",
  "\x1b]8;;x",
  "\x1b\\",
  "\u202e",
  "\n",
  "\r",
  "\u2028",
  "text",
  "\x9b2J",
];
const words = fc.array(fc.oneof(fc.constantFrom(...telling), fc.string({ unit: "binary", maxLength: 6 })), {
  maxLength: 12,
})
  .map((parts) => new TextEncoder().encode(parts.join("")));

export const text: Decoder = {
  decode(bytes) {
    // No more of what a process writes is kept.
    const kept = bytes.slice(-4096);
    for (const shown of [shownText(new TextDecoder().decode(kept)), lastErrorLine(kept)]) {
      assert(shown.length <= 300);
      assertFalse(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(shown));
    }
    return true;
  },
  inputs: fc.oneof(anyBytes, words, withBytesChanged(words)),
  largest: new TextEncoder().encode("\x1b]8;;x\x1b[3m\n words\u202e\n".repeat(170)),
};

const configs = fc.constant(defaultConfig);
const changed = withPartsChanged(configs).map(lineOf);

export const configuration: Decoder = {
  decode: (bytes) =>
    accepts(
      () => void parseConfig(new TextDecoder().decode(bytes), "config.json"),
      (error) => error instanceof Misuse && error.issue.code.startsWith("config."),
    ),
  inputs: fc.oneof(anyBytes, changed, withBytesChanged(changed)),
  largest: lineOf({
    fitness: { weights: Object.fromEntries(Array.from({ length: 20_000 }, (_, i) => [`measure${i}`, i])) },
  }),
};
