import { assertEquals } from "@std/assert";
import { hanging, wrap, wrapHelp } from "../../lib/step/wrap.ts";

Deno.test("wrap() breaks at blanks, and leaves a word whole that is longer than the line", () => {
  assertEquals(wrap("", 5), [""]);
  assertEquals(wrap("a b", 3), ["a b"]);
  assertEquals(wrap("one two three", 7), ["one two", "three"]);
  assertEquals(wrap("see /a/very/long/path now", 6), ["see", "/a/very/long/path", "now"]);
  assertEquals(wrap("any text", Infinity), ["any text"]);
});

Deno.test("hanging(): further lines stand below the first word", () => {
  assertEquals(hanging("a:  ", "one two three", 11), "a:  one two\n    three");
});

Deno.test("wrapHelp() keeps a flag whole in the usage, and its text beside it below", () => {
  const help = [
    "USAGE",
    "  deno task x [--concurrency n] [--mode a|b] <id>...",
    "",
    "Does what there is to be done.",
    "",
    "  -q  --quiet   Shows very little.   [default = false]",
  ].join("\n");
  assertEquals(
    wrapHelp(help, 30),
    [
      "USAGE",
      "  deno task x [--concurrency n]",
      "              [--mode a|b]",
      "              <id>...",
      "",
      "Does what there is to be done.",
      "",
      "  -q  --quiet   Shows very",
      "                little.",
      "                [default =",
      "                false]",
    ].join("\n"),
  );
});
