import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { costingGenes, isSterile } from "../../lib/genome/active.ts";
import { genomeDiff, genomeDistance, genomeShare } from "../../lib/genome/diff.ts";
import { structure } from "../../lib/genome/metrics.ts";
import type { Genome } from "../../lib/runtime/genome_schema.ts";
import { genomesOf, madeFile, madePool, ofEachKind, pools } from "./made_pool.ts";

const pairs = pools.chain((pool) => fc.tuple(genomesOf(pool), genomesOf(pool), genomesOf(pool)));

Deno.test("genomeDistance() is a metric", () => {
  fc.assert(fc.property(pairs, ([a, b, c]) => {
    assertEquals(genomeDistance(a, a), 0);
    assertEquals(genomeDistance(a, b), genomeDistance(b, a));
    assert(genomeDistance(a, c) <= genomeDistance(a, b) + genomeDistance(b, c));
  }));
});

Deno.test("genomeShare() is 1 less the share of loci that differ", () => {
  fc.assert(fc.property(pairs, ([a, b]) => {
    const loci = a.files.reduce(
      (n, f) => n + 1 + Object.keys(f.functions).length + Object.values(f.parameters).flat().length,
      0,
    );
    assert(Math.abs(genomeShare(a, b) - (1 - genomeDistance(a, b) / loci)) < 1e-12);
  }));
});

Deno.test("genomeDiff() names the loci", () => {
  const changed = sample();
  changed.files[0]!.functions["run"] = false;
  changed.files[0]!.parameters["rate"] = 2;
  assertEquals(genomeDiff(sample(), changed), ["src/a.ts#run", "src/a.ts:rate"]);
});

Deno.test("genomeDiff() names the elements of lists", () => {
  const [one, other] = [sample(), sample()];
  one.files[0]!.parameters["bits"] = [0, 1, 0];
  other.files[0]!.parameters["bits"] = [0, 0, 0, 1];
  assertEquals(genomeDiff(one, other), ["src/a.ts:bits[1]", "src/a.ts:bits[3]"]);
});

Deno.test("structure() counts the numbers of lists", () => {
  const pool = madePool(madeFile("src/a.ts", { run: { phase: "act" } }, ofEachKind));
  assertEquals(structure(sample(), pool).parameters, 14);
});

Deno.test("structure() counts what is active alone", () => {
  const pool = madePool(
    madeFile("src/a.ts", { give: { phase: "birth" }, run: { phase: "act" }, stop: {} }),
    madeFile("src/b.ts", { go: {} }),
  );
  assertEquals(structure(sample(), pool), {
    files: 1,
    functions: 2,
    parameters: 2,
    lines: 6,
    complexity: 4,
    birthGenes: 1,
  });
  assertEquals(costingGenes(sample(), pool), 1);
  assert(!isSterile(sample(), pool));
  const silent = sample();
  silent.files[0]!.active = false;
  assertEquals(structure(silent, pool).functions, 0);
  assert(isSterile(silent, pool));
});

function sample(): Genome {
  return {
    version: 1,
    files: [{
      path: "src/a.ts",
      active: true,
      functions: { give: true, run: true, stop: false },
      parameters: { gain: 0, rate: 1 },
    }, { path: "src/b.ts", active: false, functions: { go: true }, parameters: { gain: 0, rate: 1 } }],
  };
}
