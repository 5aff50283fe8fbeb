import { assertEquals, assertFalse } from "@std/assert";
import fc from "fast-check";
import { lastErrorLine, shownText } from "../../lib/util/text.ts";

const bytes = (text: string) => new TextEncoder().encode(text);

Deno.test("shownText() takes out what a terminal would obey", () => {
  assertEquals(shownText("\x1b[2J\x1b[31mred\x1b[0m"), "red");
  assertEquals(shownText("\x1b]0;title\x07text\x1b]8;;http://x\x1b\\link"), "textlink");
  assertEquals(shownText("a\nb\r\u2028c\u202ed"), "a b c d");
  assertEquals(shownText("x".repeat(500)).length, 300);
  const unfit = (text: string) => [...text].some((char) => char < " " || (char >= "\x7f" && char < "\xa0"));
  fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => assertFalse(unfit(shownText(text)))));
});

Deno.test("lastWords() is what was thrown, or else the last line", () => {
  assertEquals(
    lastErrorLine(bytes("warning\nerror: Uncaught (in promise) Error: no\n    at a.js:1:2\n")),
    "Uncaught (in promise) Error: no",
  );
  assertEquals(lastErrorLine(bytes("one\ntwo\n\n")), "two");
  assertEquals(lastErrorLine(new Uint8Array()), "");
});
