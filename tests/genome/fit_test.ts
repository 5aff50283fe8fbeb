import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { fitToPool, poolNames } from "../../lib/genome/fit.ts";
import type { Genome } from "../../lib/runtime/genome_schema.ts";
import { madeFile, madePool, poolsWithGenome } from "./made_pool.ts";

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
