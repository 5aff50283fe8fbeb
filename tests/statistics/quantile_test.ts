import { assertAlmostEquals, assertEquals } from "@std/assert";
import { spreadOf } from "../../lib/statistics/quantile.ts";
import { rankCorrelation } from "../../lib/statistics/rank_correlation.ts";

const once = (...values: number[]) => values.map((value) => ({ value, weight: 1 }));

Deno.test("spreadOf() gives quartiles by linear interpolation, each value as often as it is there", () => {
  assertEquals(spreadOf([]), undefined);
  assertEquals(spreadOf(once(3)), { count: 1, lower: 3, median: 3, upper: 3 });
  assertEquals(spreadOf(once(4, 1, 3, 2)), { count: 4, lower: 1.75, median: 2.5, upper: 3.25 });
  const weighted = [{ value: 5, weight: 2 }, { value: 1, weight: 3 }, { value: 9, weight: 1 }];
  assertEquals(spreadOf(weighted), spreadOf(once(1, 1, 1, 5, 5, 9)));
});

Deno.test("rankCorrelation() is Spearman's, with the mean rank for equals", () => {
  assertEquals(rankCorrelation([[1, 2], [2, 40], [3, 400]]), 1);
  assertEquals(rankCorrelation([[1, 9], [2, 8], [3, 7], [4, -1]]), -1);
  // By hand: ranks 0.5 0.5 2 3 and 0 1 2.5 2.5.
  assertAlmostEquals(rankCorrelation([[1, 10], [1, 20], [5, 30], [9, 30]])!, 4 / Math.sqrt(4.5 * 4.5), 1e-12);
  assertEquals(rankCorrelation([[1, 2], [2, 3]]), undefined);
  assertEquals(rankCorrelation([[1, 2], [1, 3], [1, 5]]), undefined);
});
