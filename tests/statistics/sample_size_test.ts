import { assert, assertEquals } from "@std/assert";
import { deriveSeed, stream } from "../../lib/runtime/random.ts";
import { equivalence } from "../../lib/statistics/equivalence.ts";
import { pairedTest } from "../../lib/statistics/paired.ts";
import { pairsToShow, runsToShowEqual } from "../../lib/statistics/sample_size.ts";
import { normals } from "./draws.ts";

/** How often something is shown. */
function share(trials: number, isShown: () => boolean): number {
  let shown = 0;
  for (let trial = 0; trial < trials; trial++) if (isShown()) shown++;
  return shown / trials;
}

Deno.test("pairsToShow() gives pairs with which a difference of the margin is shown in 80 of 100 cases", () => {
  const random = stream(deriveSeed("pairs"));
  for (const [margin, pairs] of [[1.2, 8], [0.75, 16], [0.6, 24]] as const) {
    assertEquals(pairsToShow({ deviation: 1, margin }), pairs);
    const power = share(400, () => pairedTest(normals(pairs, random, margin)) <= 0.05);
    assert(Math.abs(power - 0.8) < 0.07, `${margin}: ${power}`);
  }
});

Deno.test("pairsToShow() grows with the spread and never gives fewer pairs than can show anything", () => {
  assertEquals(pairsToShow({ deviation: 0, margin: 1 }), 6);
  assertEquals(pairsToShow({ deviation: 1, margin: 5, alpha: 0.01 }), 8);
  assert(pairsToShow({ deviation: 2, margin: 1 }) > pairsToShow({ deviation: 1, margin: 1 }));
  assert(pairsToShow({ deviation: 1, margin: 1, alpha: 0.01 }) > pairsToShow({ deviation: 1, margin: 1 }));
});

Deno.test("runsToShowEqual() gives runs with which a mean as expected is shown to be equal in 90 of 100 cases", () => {
  const random = stream(deriveSeed("runs"));
  const runs = runsToShowEqual({ deviation: 1, margin: 0.5, power: 0.9 });
  const expected = { value: 4, margin: 0.5 };
  const power = share(400, () => equivalence(normals(runs, random, 4), expected).isEqual);
  assert(Math.abs(power - 0.9) < 0.05, `${runs}: ${power}`);
  // OneMax of 50 bits by a (1+1) EA, within 5 %: its mean and deviation are known.
  assertEquals(runsToShowEqual({ deviation: 165.5, margin: 0.05 * 443.19, power: 0.9 }), 606);
});
