import type { Goal } from "../../lib/records/bench.ts";
import { assertEquals, assertStringIncludes } from "@std/assert";
import { inTurn, median, medianOf, sumOf } from "../../bench/suite/compare.ts";
import { documentOf, lineOf } from "../../bench/suite/document.ts";
import { figure, scaled } from "../../bench/suite/figure.ts";

const sample = (wallMs: number, peakKiB: number | null = 1024) => ({ wallMs, cpuMs: wallMs * 2, peakKiB });

const made = (goal: Goal | undefined, ours: number, against: number) =>
  figure({
    part: "p",
    workload: "a|b",
    reference: "r",
    agents: 10,
    repeats: 5,
    ours: sample(ours),
    against: sample(against),
    goal,
  });

Deno.test("median() is the middle, or the mean of both in the middle", () => {
  assertEquals([median([3, 1, 2]), median([4, 1, 2, 3]), median([7])], [2, 2.5, 7]);
});

Deno.test("medianOf() and sumOf(): each figure on its own; memory that was not measured stays unknown", () => {
  const samples = [sample(1, 30), sample(2, 10), sample(9, 20)];
  assertEquals(medianOf(samples), { wallMs: 2, cpuMs: 4, peakKiB: 20 });
  assertEquals(sumOf(samples), { wallMs: 12, cpuMs: 24, peakKiB: 30 });
  assertEquals([medianOf([...samples, sample(1, null)]).peakKiB, sumOf([sample(1, null)]).peakKiB], [null, null]);
});

Deno.test("inTurn() takes turns, and each side is second half of the times", async () => {
  const order: string[] = [];
  const side = (name: string) => (number: number) => {
    order.push(`${name}${number}`);
    return Promise.resolve(sample(name === "o" ? number : 5));
  };
  const pair = await inTurn(3, side("o"), side("r"));
  assertEquals(order, ["r0", "o0", "o1", "r1", "r2", "o2"]);
  assertEquals([pair.ours.wallMs, pair.reference.wallMs], [1, 5]);
});

Deno.test("figure(): the goal decides what the value is and whether it is met", () => {
  const cases: [Goal | undefined, number, number, number, boolean | null][] = [
    [{ kind: "most", value: 1.5, unit: "times" }, 30, 20, 1.5, true],
    [{ kind: "most", value: 1.4, unit: "times" }, 30, 20, 1.5, false],
    [{ kind: "least", value: 4, unit: "times faster" }, 10, 50, 5, true],
    [{ kind: "least", value: 6, unit: "times faster" }, 10, 50, 5, false],
    [{ kind: "most", value: 3, unit: "seconds more" }, 5000, 1000, 4, false],
    [undefined, 30, 20, 1.5, null],
  ];
  for (const [goal, ours, against, value, met] of cases) {
    const { value: found, met: verdict } = made(goal, ours, against);
    assertEquals([found, verdict], [value, met]);
  }
  assertEquals(scaled(sample(10), 50), { wallMs: 500, cpuMs: 1000, peakKiB: 1024 });
});

Deno.test("documentOf() has a row for each figure with its verdict, and says what was left out", () => {
  const figures = [made({ kind: "most", value: 1, unit: "times" }, 30, 20), made(undefined, 30, 20)];
  const omissions = [{ part: "p", workload: "w", why: "x is not installed" }];
  const at = "2026-11-23T00:00:00Z";
  const text = documentOf([{ part: "p", at, machine: "m", load: 1.25, sizes: [10], figures, omissions }]);
  assertStringIncludes(
    text,
    "| a\\|b | 10 | r | 30 ms, CPU 60 ms, 1 MiB | 20 ms, CPU 40 ms, 1 MiB | 1.50 × (1.50 ×) |",
  );
  assertStringIncludes(text, "| at most 1 × | **no** | 5 |");
  assertStringIncludes(text, "- p, w: x is not installed.");
  assertStringIncludes(lineOf(figures[0]!), "MISSES at most 1 ×");
  const unknown = JSON.parse(JSON.stringify({ ...figures[0]!, ours: { ...sample(30, null), cpuMs: NaN } }));
  assertStringIncludes(lineOf(unknown), "a|b (10): 30 ms against 20 ms, CPU 40 ms, 1 MiB");
});
