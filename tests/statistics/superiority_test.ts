import { assertAlmostEquals, assertEquals } from "@std/assert";
import fc from "fast-check";
import { superiority } from "../../lib/statistics/superiority.ts";

Deno.test("superiority() counts wins, and ties half", () => {
  assertEquals(superiority([2, 3], [0, 1]), 1);
  assertEquals(superiority([0, 1], [2, 3]), 0);
  assertEquals(superiority([1, 2], [2, 0]), 0.625);
});

Deno.test("superiority() of the other side is what is left of 1, and no rising unit changes it", () => {
  const values = fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 1, maxLength: 12 });
  fc.assert(fc.property(values, values, (ones, others) => {
    const a = superiority(ones, others);
    assertAlmostEquals(superiority(others, ones), 1 - a, 1e-12);
    const cube = (value: number) => value ** 3;
    assertEquals(superiority(ones.map(cube), others.map(cube)), a);
  }));
});
