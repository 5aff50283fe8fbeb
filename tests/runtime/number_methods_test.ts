import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { numberMethods } from "../../lib/runtime/number_methods.ts";

const inBase = (value: unknown, radix?: unknown) => numberMethods.toString.call(value as number, radix as number);

const bases = Array.from({ length: 35 }, (_, index) => index + 2);

Deno.test("toString() writes fractions in each base as V8 does", () => {
  const fraction = fc.double({ min: -(2 ** 53), max: 2 ** 53, noNaN: true });
  const property = fc.property(fraction, fc.constantFrom(...bases), (value, base) => {
    assertEquals(inBase(value, base), value.toString(base));
  });
  fc.assert(property, { numRuns: 5000 });
  for (const value of [0, -0, 0.5, 5e-324, 0.1, -2.2250738585072014e-308, 4503599627370495.5, NaN, -Infinity]) {
    for (const base of bases) assertEquals(inBase(value, base), value.toString(base));
  }
});

Deno.test("toString() writes all digits of whole numbers", () => {
  for (const value of [2 ** 53, 2 ** 53 + 2, -(10 ** 21), 3 ** 60, Number.MAX_VALUE]) {
    for (const base of bases.filter((base) => base !== 10)) {
      assertEquals(inBase(value, base), BigInt(value).toString(base));
    }
  }
});

Deno.test("toString() takes the base that the engine takes, and refuses what it refuses", () => {
  for (const radix of [undefined, 10, "16", 2.9, 36.5]) assertEquals(inBase(0.7, radix), 0.7.toString(radix as number));
  for (const radix of [0, 1, 37, NaN, null, "x", Infinity]) {
    assertThrows(() => inBase(0.7, radix), RangeError);
  }
  for (const value of ["1", {}, null]) assertThrows(() => inBase(value, 2), TypeError);
});
