import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import fc from "fast-check";
import { deriveSeed, stream } from "../../lib/runtime/random.ts";
import { mean } from "../../lib/statistics/moments.ts";
import { leastPairs, pairedInterval, pairedTest } from "../../lib/statistics/paired.ts";
import { normals } from "./draws.ts";

/** What Fisher (1935) took from Darwin: how much higher crossed maize grew than its self-fertilised pair, in eighths. */
const darwin = [49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48];

/** The test as its definition says: all signs, one after the other. */
function plainTest(differences: readonly number[]): number {
  const total = Math.abs(differences.reduce((sum, value) => sum + value, 0));
  let extreme = 0;
  for (let signs = 0; signs < 2 ** differences.length; signs++) {
    const sum = differences.reduce((sum, value, i) => sum + ((signs >> i) & 1 ? -value : value), 0);
    if (Math.abs(sum) >= total - 1e-9) extreme++;
  }
  return extreme / 2 ** differences.length;
}

const integers = fc.array(fc.integer({ min: -20, max: 20 }), { minLength: 1, maxLength: 11 });

Deno.test("pairedTest() of Darwin's maize gives Fisher's 1,726 of 32,768", () => {
  assertEquals(pairedTest(darwin), 1726 / 32768);
});

Deno.test("pairedTest() is what the enumeration of all signs gives, ties and zeros among them", () => {
  fc.assert(fc.property(integers, (values) => {
    assertAlmostEquals(pairedTest(values), plainTest(values), 1e-12);
    // As good with values whose sums are rounded.
    assertAlmostEquals(pairedTest(values.map((value) => value / 10)), plainTest(values), 1e-12);
  }));
});

Deno.test("pairedTest() does not depend on the sides, the unit or the order", () => {
  fc.assert(fc.property(integers, (values) => {
    const p = pairedTest(values);
    assertEquals(pairedTest(values.map((value) => -value)), p);
    assertEquals(pairedTest(values.map((value) => value * 8)), p);
    assertEquals(pairedTest(values.toReversed()), p);
  }));
});

Deno.test("pairedTest() of many pairs draws signs: near the exact value, the same each time, and never 0", () => {
  const random = stream(deriveSeed("many pairs"));
  const exact = normals(32, random, 0.3);
  // A pair without a difference changes no share.
  assertAlmostEquals(pairedTest([...exact, 0]), pairedTest(exact), 0.015);
  assertEquals(pairedTest([...exact, 0]), pairedTest([...exact, 0]));
  assertEquals(pairedTest(normals(60, random, 5)), 1 / 10_000);
});

Deno.test("pairedInterval() ends where the p-value crosses alpha, with few pairs and with many", () => {
  const random = stream(deriveSeed("bounds"));
  for (const pairs of [6, 7, 13, 20, 32, 40]) {
    const values = normals(pairs, random, 1);
    const { low, high } = pairedInterval(values);
    for (const [bound, outwards] of [[low!, -1], [high!, 1]] as const) {
      const at = (value: number) => pairedTest(values.map((one) => one - value));
      assert(at(bound) > 0.05 && at(bound + outwards * 1e-6) <= 0.05, `${pairs} pairs: ${bound}`);
    }
  }
});

Deno.test("pairedInterval() excludes 0 just where the test shows a difference", () => {
  fc.assert(fc.property(fc.array(fc.integer({ min: -8, max: 20 }), { minLength: 6, maxLength: 12 }), (values) => {
    const { low, high } = pairedInterval(values);
    const isWithin = low! <= 1e-9 && high! >= -1e-9;
    assertEquals(isWithin, pairedTest(values) > 0.05);
  }));
});

Deno.test("pairedInterval() turns with the sides and moves with the values", () => {
  fc.assert(fc.property(fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 6, maxLength: 12 }), (values) => {
    const { low, high } = pairedInterval(values);
    const turned = pairedInterval(values.map((value) => -value)), moved = pairedInterval(values.map((one) => one + 5));
    assertAlmostEquals(turned.low!, -high!, 1e-9);
    assertAlmostEquals(turned.high!, -low!, 1e-9);
    assertAlmostEquals(moved.low!, low! + 5, 1e-9);
    assert(low! <= mean(values) + 1e-9 && high! >= mean(values) - 1e-9);
  }));
});

Deno.test("pairedInterval() holds the true difference in 95 of 100 cases, whatever its distribution, from 6 to 20 pairs", () => {
  const random = stream(deriveSeed("coverage"));
  const heavy = (count: number) => Array.from({ length: count }, () => Math.tan(Math.PI * (random() - 0.5)));
  for (const [pairs, trials, draw] of [[6, 500, normals], [10, 400, heavy], [20, 200, normals]] as const) {
    let held = 0;
    for (let trial = 0; trial < trials; trial++) {
      const { low, high } = pairedInterval(draw(pairs, random));
      if (low! <= 0 && high! >= 0) held++;
    }
    assert(Math.abs(held / trials - 0.955) < 0.035, `${pairs} pairs: ${held}`);
  }
});

Deno.test("pairedInterval() of fewer pairs than can show anything has no bounds", () => {
  assertEquals(leastPairs(0.05), 6);
  assertEquals(pairedTest([1, 1, 1, 1, 1]), 0.0625);
  assertEquals(pairedInterval([1, 1, 1, 1, 1]), { low: null, high: null });
  assertEquals(pairedInterval([3, 3, 3, 3, 3, 3]), { low: 3, high: 3 });
});
