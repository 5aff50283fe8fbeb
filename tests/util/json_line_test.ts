import { assertEquals, assertMatch } from "@std/assert";
import fc from "fast-check";
import { jsonLine } from "../../lib/util/json_line.ts";

Deno.test("jsonLine() holds nothing that a terminal obeys, and is read back as it was", () => {
  const value = { text: "\u001b]0;x\u0007\u009b2J\r\n\u202e\u200b\u2028\u{e0041}é🙂" };
  const line = jsonLine(value);
  assertMatch(line, /^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]*é🙂"\}\n$/u);
  assertEquals(JSON.parse(line), value);
});

Deno.test("jsonLine(): any text is read back as it was", () => {
  fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => JSON.parse(jsonLine(text)) === text));
});
