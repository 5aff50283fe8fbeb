import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { fitToPool, poolNames } from "../../lib/genome/fit.ts";
import type { Genome } from "../../lib/runtime/genome_schema.ts";
import { madeFile, madePool, ofEachKind, poolsWithGenome } from "./made_pool.ts";

const pool = madePool(madeFile("src/a.ts", { run: {}, stop: {} }), madeFile("src/b.ts", { go: {} }));
const none: ReadonlySet<string> = new Set();

Deno.test("fitToPool() leaves a complete genome as it is", () => {
  fc.assert(fc.property(poolsWithGenome, ({ pool, genome }) => {
    assertEquals(fitToPool(genome, pool, none), { ok: true, value: { genome, ignored: [] } });
  }));
});

Deno.test("fitToPool() adds what is new as inactive, at its default", () => {
  const fitted = fitToPool({ version: 1, files: [partial()] }, pool, none);
  assert(fitted.ok);
  assertEquals(fitted.value.genome, {
    version: 1,
    files: [
      { path: "src/a.ts", active: true, functions: { run: true, stop: false }, parameters: { gain: 1, rate: 0.1 } },
      { path: "src/b.ts", active: false, functions: { go: false }, parameters: { gain: 0, rate: 0.1 } },
    ],
  });
});

Deno.test("fitToPool() ignores and reports what a former pool had", () => {
  const genome: Genome = {
    version: 1,
    files: [
      { ...partial(), functions: { run: true, old: true }, parameters: { gain: 5, past: 1 } },
      { ...partial(), path: "src/old.ts" },
    ],
  };
  const former = new Set(["src/a.ts#old", "src/a.ts:past", "src/a.ts:gain", "src/old.ts"]);
  const fitted = fitToPool(genome, pool, former);
  assert(fitted.ok);
  assertEquals(fitted.value.ignored, ["src/a.ts#old", "src/a.ts:gain", "src/a.ts:past", "src/old.ts"]);
  assertEquals(fitted.value.genome.files[0]!.parameters, { gain: 1, rate: 0.1 });
});

const unfit: readonly (readonly [string, Partial<Genome["files"][number]>, string, string])[] = [
  ["an unknown file", { path: "src/x.ts" }, "genome.unknown", "src/x.ts"],
  ["an unknown function", { functions: { fly: true } }, "genome.unknown", "src/a.ts#fly"],
  ["an unknown parameter", { parameters: { speed: 1 } }, "genome.unknown", "src/a.ts:speed"],
  ["a parameter out of range", { parameters: { gain: 1.5 } }, "genome.range", "src/a.ts:gain"],
];

for (const [what, change, code, path] of unfit) {
  Deno.test(`fitToPool() refuses ${what}`, () => {
    const fitted = fitToPool({ version: 1, files: [{ ...partial(), ...change }] }, pool, none);
    assert(!fitted.ok);
    assertEquals([fitted.issue.code, fitted.issue.path], [code, path]);
  });
}

Deno.test("poolNames() names files, functions and parameters", () => {
  assertEquals(poolNames(madePool(madeFile("src/b.ts", { go: {} }))), [
    "src/b.ts",
    "src/b.ts#go",
    "src/b.ts:gain",
    "src/b.ts:rate",
  ]);
});

function partial(): Genome["files"][number] {
  return { path: "src/a.ts", active: true, functions: { run: true }, parameters: { gain: 1 } };
}

const kinds = madePool(madeFile("src/a.ts", { run: {} }, ofEachKind));
const fitKinds = (parameters: Genome["files"][number]["parameters"], former = none) =>
  fitToPool({ version: 1, files: [{ ...partial(), parameters }] }, kinds, former);

Deno.test("fitToPool() completes lists from their defaults", () => {
  const fitted = fitKinds({ bits: [1, 1], weights: [-0.5] });
  assert(fitted.ok);
  assertEquals(fitted.value.genome.files[0]!.parameters, {
    bits: [1, 1, 0, 0, 0],
    count: 2,
    flag: 1,
    moves: [2, 0],
    rule: 1,
    sizes: [10, 10, 10],
    weights: [-0.5],
  });
});

const unfitKinds: readonly (readonly [string, Genome["files"][number]["parameters"], string, string])[] = [
  ["a fraction of an integer", { count: 1.5 }, "genome.range", "src/a.ts:count"],
  ["a fraction of a boolean", { bits: [0, 0.5, 1, 0, 0] }, "genome.range", "src/a.ts:bits[1]"],
  ["an option that is not there", { moves: [0, 3] }, "genome.range", "src/a.ts:moves[1]"],
  ["a list that is too long", { bits: [0, 0, 0, 0, 0, 1] }, "genome.unknown", "src/a.ts:bits[5]"],
  ["a list for a number", { flag: [1] }, "genome.unknown", "src/a.ts:flag[0]"],
  ["a number for a list", { bits: 1 }, "genome.unknown", "src/a.ts:bits"],
];

for (const [what, parameters, code, locus] of unfitKinds) {
  Deno.test(`fitToPool() refuses ${what}, and ignores it where a former pool had that`, () => {
    const refused = fitKinds(parameters);
    assert(!refused.ok);
    assertEquals([refused.issue.code, refused.issue.path], [code, locus]);
    const fitted = fitKinds(parameters, new Set([locus]));
    assert(fitted.ok, JSON.stringify(fitted));
    assertEquals(fitted.value.ignored, [locus]);
    assertEquals(fitToPool(fitted.value.genome, kinds, none), { ok: true, value: { ...fitted.value, ignored: [] } });
  });
}

Deno.test("fitToPool() says that a number must be whole", () => {
  const refused = fitKinds({ count: 1.5 });
  assert(!refused.ok);
  assertEquals(
    refused.issue.message,
    "The parameter src/a.ts:count must be a whole number within -3 and 300: it is 1.5.",
  );
});

Deno.test("poolNames() names each element of a list", () => {
  assertEquals(poolNames(kinds).slice(0, 4), ["src/a.ts", "src/a.ts#run", "src/a.ts:bits[0]", "src/a.ts:bits[1]"]);
});
