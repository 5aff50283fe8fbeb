import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { fromBase64, toBase64 } from "../../lib/runtime/base64.ts";

Deno.test("toBase64() is what btoa() is", () => {
  fc.assert(fc.property(fc.uint8Array(), (bytes) => {
    assertEquals(toBase64(bytes), btoa(String.fromCharCode(...bytes)));
  }));
});

Deno.test("fromBase64() gives back what was encoded", () => {
  fc.assert(fc.property(fc.uint8Array(), (bytes) => assertEquals(fromBase64(toBase64(bytes)), new Uint8Array(bytes))));
});

Deno.test("fromBase64() throws nothing but RangeError", () => {
  for (const text of ["a", "ab", "abc", "ab=c", "====", "a===", "äbcd", "ab\ncd12", "ab-_"]) {
    assertThrows(() => fromBase64(text), RangeError);
  }
  fc.assert(fc.property(fc.string(), (text) => {
    try {
      fromBase64(text);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
    }
  }));
});
