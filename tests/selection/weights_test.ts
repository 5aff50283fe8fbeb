import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { demandTrials, lowerBound, summaries, type Summary } from "../../lib/selection/summary.ts";
import { type Weighable, weighing } from "../../lib/selection/weights.ts";
import { mean } from "../../lib/statistics/moments.ts";
import { Misuse } from "../../lib/util/issue.ts";

Deno.test("lowerBound() is Student's one-sided bound at 95 %", () => {
  assertAlmostEquals(lowerBound([4, 6]), 5 - 6.3138 * Math.SQRT2 / Math.SQRT2, 1e-3);
  assertAlmostEquals(lowerBound([1, 2, 3, 4, 5]), 3 - 2.1318 * Math.sqrt(2.5 / 5), 1e-3);
  assertEquals(lowerBound([3, 3, 3]), 3);
});

Deno.test("lowerBound() is below the true mean in 95 of 100 samples", () => {
  let seed = 1;
  const normal = () => {
    const uniform = () => (seed = (seed * 48271) % 2147483647) / 2147483647;
    return Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
  };
  const samples = Array.from({ length: 4000 }, () => Array.from({ length: 4 }, normal));
  const share = samples.filter((values) => lowerBound(values) < 0).length / samples.length;
  assertAlmostEquals(share, 0.95, 0.015);
});

Deno.test("the median is in the middle, and not drawn by what is far out", () => {
  assertEquals([summaries.median([9, 1, 5]), summaries.median([9, 1, 5, 7]), summaries.median([2])], [5, 6, 2]);
  assertEquals(summaries.median([1, 2, 1e9]), 2);
});

const result = (scores: readonly number[], food: readonly number[]): Weighable => ({
  score: mean(scores),
  measures: { food: mean(food) },
  metrics: { files: 3 },
  trials: scores.map((score, i) => ({ objectives: [score, 7], measures: { food: food[i]! } })),
});

Deno.test("weighing() weighs each trial and takes what the fitness is of", () => {
  const weights = { score: 1, food: -1, files: 2 };
  const by = (of: Summary) => weighing({ weights, of })(result([1, 2, 9], [1, 1, 1]));
  assertEquals([by("mean"), by("median")], [9, 7]);
  assertAlmostEquals(by("lowerBound"), 6 + lowerBound([0, 1, 8]), 1e-9);
  // The bound is that of the sum: what is weighed down is not overrated for its spread.
  assertEquals(weighing({ weights: { score: 1, food: -1 }, of: "lowerBound" })(result([1, 5], [1, 5])), 0);
});

Deno.test("weighing(): all three are the same where trials are", () => {
  fc.assert(fc.property(fc.integer({ min: -99, max: 99 }), fc.integer({ min: 2, max: 9 }), (score, count) => {
    const one = result(Array(count).fill(score), Array(count).fill(1));
    for (const  of of["mean", "median", "lowerBound"] as const) {
      assertEquals(weighing({ weights: { score: 2 }, of })(one), 2 * score);
    }
  }));
});

Deno.test("a single episode has a median, and no lower bound", () => {
  assertEquals(weighing({ weights: { score: 1 }, of: "median" })(result([4], [0])), 4);
  const bound = { weights: { score: 1 }, of: "lowerBound" } as const;
  assertThrows(() => weighing(bound)(result([4], [0])), Misuse, "at least 2 episodes: it is of 1");
  assertThrows(() => demandTrials(bound, 1), Misuse, '"world.episodes"');
  demandTrials(bound, 2);
  demandTrials({ ...bound, of: "median" }, 1);
});

Deno.test("weighing() names what can be weighed where a measure is none", () => {
  for (const  of of["mean", "median"] as const) {
    assertThrows(() => weighing({ weights: { foot: 1 }, of })(result([1, 2], [0, 0])), Misuse, "the nearest is food");
  }
});
