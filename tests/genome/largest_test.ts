import { assert } from "@std/assert";
import fc from "fast-check";
import { largestGenome } from "../../lib/genome/largest.ts";
import { toBytes } from "../../lib/runtime/genome_bytes.ts";
import { inRange } from "../../lib/runtime/parameters.ts";
import { madeFile, madePool, poolsWithGenome } from "./made_pool.ts";

Deno.test("largestGenome() is exceeded by no genome of the pool", () => {
  fc.assert(fc.property(poolsWithGenome, ({ pool, genome }) => {
    assert(toBytes(genome).length <= toBytes(largestGenome(pool)).length);
  }));
});

Deno.test("largestGenome() has the widest whole number of each range", () => {
  const bound = fc.oneof(fc.integer({ min: -300, max: 300 }), fc.integer(), fc.maxSafeInteger());
  fc.assert(
    fc.property(bound, bound, fc.maxSafeInteger(), (a, b, value) => {
      fc.pre(a !== b);
      const range = { name: "n", min: Math.min(a, b), max: Math.max(a, b), default: a, scale: "linear" as const };
      const pool = madePool(madeFile("src/a.ts", { run: {} }, [{ ...range, kind: "integer" }]));
      const within = inRange(value, { ...range, kind: "integer" });
      const files = [{ path: "src/a.ts", active: true, functions: { run: true }, parameters: { n: within } }];
      assert(toBytes({ version: 1, files }).length <= toBytes(largestGenome(pool)).length);
    }),
    { numRuns: 1000 },
  );
});
