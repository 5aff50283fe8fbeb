import { assert, assertEquals, assertMatch, assertNotMatch } from "@std/assert";
import fc from "fast-check";
import { type Chart, type ChartLine, chartLine, onFitAxis, quartileLines } from "../../lib/tables/chart.ts";
import { chartSvg } from "../../lib/tables/svg/chart_svg.ts";
import { heatSvg } from "../../lib/tables/svg/heat_svg.ts";
import { logTicks, ticks } from "../../lib/tables/svg/ticks.ts";

const elements = new Set(["svg", "title", "desc", "rect", "path", "text", "circle", "g"]);

/** Takes a file apart: all is elements of the list above, closed in order, with quoted attributes and no stray signs. */
function demandWellFormed(svg: string): void {
  const open: string[] = [];
  let rest = svg;
  while (rest !== "") {
    const [whole, end, name, self, text] = /^(?:<(\/?)([a-z]+)(?: [A-Za-z:-]+="[^"<>]*")*(\/?)>|([^<>]+))/.exec(rest) ??
      [];
    assert(whole, `${rest.slice(0, 80)} is neither an element nor a text`);
    rest = rest.slice(whole.length);
    if (text !== undefined) {
      assertNotMatch(text, /&(?!(lt|gt|amp|quot|#39);)/);
      continue;
    }
    assert(elements.has(name!), name);
    if (end) assertEquals(open.pop(), name);
    else if (!self) open.push(name!);
  }
  assertEquals(open, []);
  assertNotMatch(svg, /NaN|Infinity|undefined|null/);
}

const text = fc.string({ unit: "binary", maxLength: 30 }).filter((one) => !/NaN|Infinity|undefined|null/.test(one));
const value = fc.option(
  fc.oneof(
    fc.integer({ min: -5, max: 2000 }),
    fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e12, max: 1e12 }),
  ),
);
const chart = fc.record({
  kind: fc.constantFrom("lines", "stacked"),
  title: text,
  xLabel: text,
  yLabel: text,
  values: fc.constantFrom("number", "count", "ms"),
  length: fc.integer({ min: 1, max: 20 }),
  lines: fc.array(fc.tuple(fc.option(text), fc.array(value, { minLength: 20, maxLength: 20 })), {
    minLength: 2,
    maxLength: 9,
  }),
}).map(({ length, lines, ...rest }): Chart => ({
  ...rest as Pick<Chart, "kind" | "title" | "xLabel" | "yLabel" | "values">,
  x: Array.from({ length }, (_, i) => i + 1),
  lines: lines.map(([label, all], i): ChartLine => ({
    ...chartLine("", i, all.slice(0, length).map((one) => rest.kind === "stacked" ? Math.abs(one ?? 0) : one)),
    // Parts without a name are those of areas.
    label: rest.kind === "lines" ? label ?? "" : label,
  })),
  ...(rest.kind === "lines" && { band: [0, 1] as const }),
}));

const over = { title: "T", x: [1, 2, 3, 4, 5], xLabel: "cycle", yLabel: "score", values: "number" } as const;

Deno.test("chartSvg() is well-formed, and draws numbers alone, whatever is in a chart", () => {
  const nothing = { ...over, kind: "lines", values: "count", x: [1], band: [0, 1] } as const;
  const examples: [Chart, string][] = [0, 5e-324, 1e300, -1e300].map((one) => [{
    ...nothing,
    lines: [chartLine("a", 0, [null]), chartLine("b", 1, [one])],
  }, ""]);
  fc.assert(fc.property(chart, text, (chart, description) => demandWellFormed(chartSvg(chart, description))), {
    examples,
  });
});

Deno.test("heatSvg() is well-formed, whatever rows are called", () => {
  const rows = fc.array(
    fc.record({
      label: text,
      shares: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), {
        minLength: 40,
        maxLength: 40,
      }),
    }),
    { minLength: 1, maxLength: 30 },
  );
  fc.assert(fc.property(rows, fc.integer({ min: 1, max: 40 }), (rows, length) => {
    const x = Array.from({ length }, (_, i) => i * 25);
    const shown = rows.map(({ label, shares }) => ({ label, shares: shares.slice(0, length) }));
    demandWellFormed(heatSvg({ title: "Genes", x, xLabel: "cycle", rows: shown }, "Of a run."));
  }));
});

/** The commands of the path that is drawn in a colour. */
function pathOf(svg: string, colour: string): string {
  return new RegExp(`<path d="([^"]*)" (?:stroke|fill)="${colour}"`).exec(svg)![1]!;
}

Deno.test("chartSvg() leaves a gap where there is no value, and marks a value that stands alone", () => {
  const svg = chartSvg({ ...over, kind: "lines", lines: [chartLine("best", 0, [1, 2, null, 3, null])] }, "D");
  assertEquals(pathOf(svg, "#0072b2").match(/M/g)!.length, 1);
  assertEquals(svg.match(/<circle /g)!.length, 1);
  assertMatch(svg, /<title id="title">T<\/title>\n<desc id="description">D<\/desc>/);
});

Deno.test("chartSvg() fills the band between quartiles, and names it once", () => {
  const lines = quartileLines({ lower: [1, 1, 1, 1, 1], median: [2, 2, 2, 2, 2], upper: [3, 3, 3, 3, 3] });
  const svg = chartSvg({ ...over, kind: "lines", ...lines }, "D");
  assertMatch(svg, /fill-opacity="0.16"/);
  assertEquals(svg.match(/>[^<>]*quartile[^<>]*</g), [">lower quartile to upper quartile<"]);
});

Deno.test("chartSvg() stacks shares up to the whole, with a branch on both sides of what grew out of it", () => {
  const all = [4, 4, 4, 4, 4];
  const outer = { label: "outer", color: "c1", values: [2, 2, 2, 2, 2], part: 0.5 } as const;
  const svg = chartSvg({
    ...over,
    kind: "stacked",
    values: "share",
    within: [0, 1],
    total: all,
    lines: [outer, { label: "inner", color: "c2", values: [2, 2, 2, 2, 2] }, { ...outer, label: null }],
  }, "D");
  const heights = [...svg.matchAll(/<path d="M(\S+) (\S+)L[^"]*Z" fill="(#[0-9a-f]+)"/g)].map((
    [, , y, fill],
  ) => [fill, y]);
  // A quarter of the outer one, the half of the inner one, and the other quarter; 0 is at 334, 1 at 14.
  assertEquals(heights, [["#0072b2", "254"], ["#c65102", "94"], ["#0072b2", "14"]]);
  assertEquals(svg.match(/>outer</g)!.length, 1);
});

Deno.test("onFitAxis() takes a logarithmic axis where one value alone would be seen, and none is 0 or below", () => {
  const chart = (...values: (number | null)[]): Chart => ({
    ...over,
    kind: "lines",
    x: values.map((_, i) => i + 1),
    lines: [chartLine("best", 0, values)],
  });
  const skewed = chart(2000, 20, null, 3, 2, 1);
  assertEquals(onFitAxis(skewed), { ...skewed, yLabel: "score, logarithmic", logarithmic: true });
  for (const even of [chart(10, 9, 8), chart(2000, 20, 3, 0, 1), chart(2000, 3, 2, -1, 1), chart(null), chart()]) {
    assertEquals(onFitAxis(even), even);
  }
  const svg = chartSvg(onFitAxis(skewed), "D");
  demandWellFormed(svg);
  // From 1, at 334, to 10,000, at 14: equal factors are equal distances.
  const heights = [...pathOf(svg, "#0072b2").matchAll(/[ML]\S+ ([\d.]+)/g)].map(([, y]) => Number(y));
  assertEquals(heights.map((y) => Number((10 ** ((334 - y) / 80)).toPrecision(2))), [2000, 20, 3, 2, 1]);
});

Deno.test("logTicks() hold what is given between powers of ten, or 2 or 5 times these", () => {
  assertEquals(logTicks(0.3, 12).at, [0.2, 0.5, 1, 2, 5, 10, 20]);
  assertEquals(logTicks(1, 100_000).at, [1, 10, 100, 1000, 10_000, 100_000]);
  const bounds = fc.tuple(
    fc.double({ min: 1e-9, max: 1e9, noNaN: true }),
    fc.double({ min: 1, max: 1e9, noNaN: true }),
  );
  fc.assert(fc.property(bounds, ([least, factor]) => {
    const { least: first, most: last, at } = logTicks(least, least * factor);
    assert(first <= least && last >= least * factor && first < last);
    at.forEach((one, i) => assert(i === 0 || one > at[i - 1]!));
  }));
});

Deno.test("ticks() rise within the axis, as round numbers, and not many", () => {
  const range = fc.tuple(
    fc.double({ min: -1e9, max: 1e9, noNaN: true }),
    fc.double({ min: 1e-6, max: 1e9, noNaN: true }),
  );
  fc.assert(fc.property(range, fc.boolean(), fc.boolean(), ([least, size], whole, rounded) => {
    fc.pre(size > Math.abs(least) * 1e-6);
    const found = ticks(least, least + size, { steps: 6, whole, rounded });
    assert(found.at.length <= 9, `${found.at.length}`);
    found.at.forEach((one, i) => assert(i === 0 || one > found.at[i - 1]!));
    if (whole) assert(found.at.every((one) => Number.isInteger(one)));
    // What is less than that beyond the last tick is not to be seen.
    const slack = Math.max(size, whole ? 1 : 0) * 1e-6;
    assert(!rounded || found.least <= least + slack && found.most >= least + size - slack);
  }));
  assertEquals(ticks(0, 1, { steps: 5 }).at, [0, 0.2, 0.4, 0.6, 0.8, 1]);
  assertEquals(ticks(1, 1000, { steps: 10, whole: true }).at.slice(0, 2), [100, 200]);
  assertEquals(ticks(3, 3, { steps: 6 }), { least: 2.5, most: 3.5, at: [2.6, 2.8, 3, 3.2, 3.4] });
});
