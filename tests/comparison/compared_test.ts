import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { compared, leastSeeds } from "../../lib/comparison/compared.ts";
import { holm } from "../../lib/statistics/holm.ts";
import { pairedInterval, pairedTest } from "../../lib/statistics/paired.ts";
import { pairsToShow } from "../../lib/statistics/sample_size.ts";
import { runsOf } from "./made_runs.ts";

const evolved = [18, 17.5, 19, 16, 18.5, 20, 17, 18, 19.5, 18];
/** Far below, about equal, above in each. */
const drift = [8, 9, 7, 8.5, 8, 9.5, 7, 8, 10, 8];
const tpe = [17, 18.5, 18, 17, 19, 18.5, 17.5, 18, 19, 18.5];
const handmade = evolved.map((value) => value + 2);
const runs = runsOf({ drift, evolved, tpe, handmade });

Deno.test("compared() says better, worse and not shown as the adjusted p-value and the sign do", () => {
  const arms = compared(runs, { reference: "evolved" });
  assertEquals(arms.map(({ arm, against }) => [arm, against?.shown]), [
    ["drift", "better"],
    ["evolved", undefined],
    ["tpe", null],
    ["handmade", "worse"],
  ]);
});

Deno.test("compared() has the figures of lib/statistics over the differences of the pairs", () => {
  const arms = new Map(compared(runs, { reference: "evolved", margin: 1.5 }).map((arm) => [arm.arm, arm]));
  const differences = evolved.map((value, i) => value - tpe[i]!);
  const { against, mean, runs: count } = arms.get("tpe")!;
  const p = [drift, tpe, handmade].map((arm) => pairedTest(evolved.map((value, i) => value - arm[i]!)));
  assertEquals([against!.p, against!.adjusted, against!.pairs, count], [p[1], holm(p)[1], 10, 10]);
  const { low, high } = pairedInterval(differences);
  assertEquals([against!.low, against!.high], [low, high]);
  assertAlmostEquals(against!.difference!, evolved.reduce((a, b) => a + b) / 10 - mean!, 1e-12);
  const spread = Math.sqrt(differences.reduce((sum, one) => sum + (one - against!.difference!) ** 2, 0) / 9);
  assertEquals(against!.pairsForMargin, pairsToShow({ deviation: spread, margin: 1.5, alpha: 0.05 / 3 }));
});

Deno.test("compared() pairs by seed, whatever the order of the runs", () => {
  assertEquals(
    compared(runs.toReversed(), { reference: "evolved" }).map(({ against }) => against).reverse(),
    compared(runs, { reference: "evolved" }).map(({ against }) => against),
  );
});

Deno.test("compared() leaves a pair out where a run has no score, and tells of it", () => {
  const [arm] = compared(runsOf({ drift: [null, ...drift.slice(1)], evolved }), { reference: "evolved" });
  assertEquals([arm!.runs, arm!.failed, arm!.against!.pairs], [10, 1, 9]);
  const [none] = compared(runsOf({ drift: drift.map(() => null), evolved }), { reference: "evolved", margin: 1 });
  assertEquals([none!.mean, none!.failed, none!.against!.p, none!.against!.shown], [null, 10, null, null]);
});

Deno.test("compared() shows nothing with fewer seeds than leastSeeds()", () => {
  assertEquals([leastSeeds(1), leastSeeds(6)], [6, 8]);
  const far = (count: number) =>
    compared(
      runsOf(Object.fromEntries([
        ["evolved", evolved.slice(0, count)],
        ...["a", "b", "c", "d", "e", "f"].map((arm) => [arm, drift.slice(0, count)]),
      ])),
      { reference: "evolved" },
    ).filter(({ against }) => against).map(({ against }) => against!.shown);
  assertEquals(far(7), [null, null, null, null, null, null]);
  assert(far(8).every((shown) => shown === "better"));
});

Deno.test("compared() of one seed has means and no more", () => {
  const [, arm] = compared(runsOf({ evolved: [3], drift: [1] }), { reference: "evolved", margin: 1 });
  const { mean, low, against } = arm!;
  assertEquals([mean, low], [1, null]);
  assertEquals([against!.difference, against!.low, against!.p, against!.pairsForMargin], [2, null, 1, null]);
});
