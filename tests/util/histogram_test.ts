import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import fc from "fast-check";
import { Histogram } from "../../lib/util/histogram.ts";

const duration = fc.double({ min: 0.001, max: 1e8, noNaN: true });

Deno.test("Histogram: a percentile is within 2.3 % of the nearest rank", () => {
  fc.assert(
    fc.property(fc.array(duration, { minLength: 1 }), fc.double({ min: 0, max: 1, noNaN: true }), (all, share) => {
      const exact = all.toSorted((a, b) => a - b)[Math.max(0, Math.ceil(share * all.length) - 1)]!;
      // Three digits are half a per cent besides.
      assertAlmostEquals(filled(all).percentile(share) / exact, 1, 0.023 + 0.005);
    }),
  );
});

Deno.test("Histogram: one duration is given as it is, none as 0", () => {
  assertEquals(filled([12.3]).percentile(0.99), 12.3);
  assertEquals(new Histogram().percentile(0.5), 0);
});

Deno.test("Histogram put together from JSON it is as if all had been added to one", () => {
  fc.assert(fc.property(fc.array(duration, { minLength: 1 }), fc.array(duration, { minLength: 1 }), (a, b) => {
    const merged = new Histogram();
    for (const part of [a, b]) merged.merge(JSON.parse(JSON.stringify(filled(part))));
    const whole = filled([...a, ...b]);
    assertEquals(merged.count, whole.count);
    assertAlmostEquals(merged.total / whole.total, 1, 0.01);
    for (const share of [0, 0.5, 0.99]) {
      assertAlmostEquals(merged.percentile(share) / whole.percentile(share), 1, 0.011);
    }
  }));
});

Deno.test("Histogram: what is no histogram is passed over", () => {
  fc.assert(fc.property(fc.anything(), fc.array(fc.anything()), (count, buckets) => {
    const histogram = filled([5]);
    for (const part of [{ count, buckets }, { count, total: 1, min: 1, max: 1, buckets }, Object(count)]) {
      histogram.merge(part as never);
    }
    assert(Number.isFinite(histogram.percentile(0.5)));
  }));
});

Deno.test("Histogram takes the same room for a million durations as for a thousand", () => {
  const sizes = [1_000, 1_000_000].map((count) => {
    const histogram = new Histogram();
    for (let i = 0; i < count; i++) histogram.add(1 + i % 1000);
    return histogram.toJSON().buckets.length;
  });
  assertEquals(sizes[0], sizes[1]);
});

function filled(durations: readonly number[]): Histogram {
  const histogram = new Histogram();
  for (const ms of durations) histogram.add(ms);
  return histogram;
}
