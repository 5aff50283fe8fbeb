import { assertEquals, assertThrows } from "@std/assert";
import { textMethods } from "../../lib/runtime/text_methods.ts";

const repeat = (text: string, count?: unknown) => textMethods.repeat.call(text, count as number);

Deno.test("repeat() is that of texts, also for what is hardly a number", () => {
  const counts = [0, 1, 3, 2.9, -0.5, NaN, undefined, null, "2", true, 2 ** 31 - 1];
  for (const text of ["", "ab", "€"]) {
    for (const count of counts.slice(0, text === "" ? undefined : -1)) {
      assertEquals(repeat(text, count), text.repeat(count as number));
    }
  }
  for (const count of [-1, Infinity, -Infinity]) assertThrows(() => repeat("", count), RangeError);
  assertThrows(() => repeat("x", 1n), TypeError);
});

Deno.test("repeat() takes counts beyond those that engines know: nothing stays nothing, all else is too long", () => {
  for (const count of [2 ** 31, 1e10, Number.MAX_VALUE]) {
    assertEquals(repeat("", count), "");
    assertThrows(() => repeat("x", count), RangeError, "Invalid string length");
  }
});
