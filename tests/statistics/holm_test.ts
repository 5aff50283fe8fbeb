import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import fc from "fast-check";
import { holm } from "../../lib/statistics/holm.ts";

Deno.test("holm() of values, in their order, is what R's p.adjust gives", () => {
  const adjusted = holm([0.01, 0.04, 0.03, 0.005]);
  for (const [at, value] of [0.03, 0.06, 0.06, 0.02].entries()) assertAlmostEquals(adjusted[at]!, value, 1e-12);
  assertEquals(holm([]), []);
  assertEquals(holm([0.6, 0.7]), [1, 1]);
});

Deno.test("holm() keeps the order of the values, makes none smaller, and the least as large as Bonferroni does", () => {
  const values = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 8 });
  fc.assert(fc.property(values, (given) => {
    const adjusted = holm(given);
    for (const [i, value] of given.entries()) {
      assert(adjusted[i]! >= value && adjusted[i]! <= 1);
      for (const [j, other] of given.entries()) if (value < other) assert(adjusted[i]! <= adjusted[j]!);
    }
    assertAlmostEquals(Math.min(...adjusted), Math.min(1, given.length * Math.min(...given)), 1e-12);
  }));
});
