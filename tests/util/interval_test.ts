import { assert, assertEquals } from "@std/assert";
import { meanInterval } from "../../lib/util/interval.ts";

/** Half of an interval over values of standard deviation 1, times the root of their number: the quantile. */
function quantile(freedom: number): number {
  const values = Array.from({ length: freedom + 1 }, (_, i) => i);
  const mean = freedom / 2;
  const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / freedom);
  return (meanInterval(values).high! - mean) / deviation * Math.sqrt(values.length);
}

Deno.test("meanInterval() has the quantiles of Student's tables", () => {
  for (const [freedom, known] of [[1, 12.706], [10, 2.228], [11, 2.201], [20, 2.086], [99, 1.984], [1000, 1.962]]) {
    assert(Math.abs(quantile(freedom!) - known!) < 0.0006, `${freedom}: ${quantile(freedom!)}`);
  }
});

Deno.test("meanInterval() of one value has no interval", () => {
  assertEquals(meanInterval([3]), { mean: 3, low: null, high: null });
  assertEquals(meanInterval([2, 2, 2]), { mean: 2, low: 2, high: 2 });
});
