import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { deriveSeed, stream } from "../../lib/runtime/random.ts";
import { equivalence } from "../../lib/statistics/equivalence.ts";
import { normals } from "./draws.ts";

Deno.test("equivalence() is shown where the interval of 90 % lies within the margin, and nowhere else", () => {
  const random = stream(deriveSeed("equal"));
  for (let trial = 0; trial < 200; trial++) {
    const { low, high, isEqual } = equivalence(normals(12, random, 0.2), { value: 0, margin: 0.7 });
    assertEquals(isEqual, low > -0.7 && high < 0.7);
  }
});

Deno.test("equivalence() of a mean at the margin is claimed in 5 of 100 cases", () => {
  const random = stream(deriveSeed("at the margin"));
  let claimed = 0;
  for (let trial = 0; trial < 1000; trial++) {
    if (equivalence(normals(30, random, 1), { value: 0, margin: 1 }).isEqual) claimed++;
  }
  assert(Math.abs(claimed / 1000 - 0.05) < 0.025, `${claimed}`);
});

Deno.test("equivalence() is not shown for want of runs", () => {
  const { mean, p, isEqual } = equivalence([-30, 30], { value: 0, margin: 1 });
  assertEquals([mean, isEqual], [0, false]);
  assertAlmostEquals(p, 0.4894, 1e-3);
  assertEquals(equivalence([5, 5, 5], { value: 5, margin: 1 }).isEqual, true);
  assertEquals(equivalence([5, 5, 5], { value: 9, margin: 1 }).isEqual, false);
});
