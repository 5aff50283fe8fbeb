import { assert, assertEquals, assertNotEquals } from "@std/assert";
import fc from "fast-check";
import { activeGenes } from "../../lib/genome/active.ts";
import { drawGenome, drawParameter, drawViable } from "../../lib/genome/draw.ts";
import { fitToPool } from "../../lib/genome/fit.ts";
import type { ParameterRange } from "../../lib/runtime/contract.ts";
import { deriveSeed, stream } from "../../lib/runtime/random.ts";
import { link } from "../../lib/genome/link.ts";
import { madeFile, madePool, ofEachKind, pools } from "./made_pool.ts";

const chances = fc.double({ min: 0, max: 1, noNaN: true });

Deno.test("drawGenome() draws complete genomes of the pool, with all birth genes on", () => {
  fc.assert(fc.property(pools, chances, fc.string(), (pool, chance, seed) => {
    const genome = drawGenome(pool, stream(deriveSeed(seed)), chance);
    assertEquals(fitToPool(genome, pool, new Set()), { ok: true, value: { genome, ignored: [] } });
    const births = pool.files.flatMap((file) => file.functions.filter((gene) => gene.phase === "birth"));
    assertEquals(activeGenes(genome, pool).filter((gene) => gene.phase === "birth").length, births.length);
  }));
});

Deno.test("drawGenome() switches each gene on with the chance that is asked for", () => {
  const genes = { birth: { phase: "birth" }, a: {}, b: {} };
  const pool = madePool(madeFile("src/a.ts", genes), madeFile("src/b.ts", { c: {}, d: {} }));
  for (const chance of [0.1, 0.5, 0.9]) {
    const random = stream(deriveSeed("share", String(chance)));
    const counts = new Map<string, number>();
    const draws = 4000;
    for (let i = 0; i < draws; i++) {
      for (const gene of activeGenes(drawGenome(pool, random, chance), pool)) {
        counts.set(gene.function, (counts.get(gene.function) ?? 0) + 1);
      }
    }
    assertEquals(counts.get("birth"), draws);
    // Five standard deviations of a binomial share.
    const room = 5 * Math.sqrt(chance * (1 - chance) / draws);
    for (const name of ["a", "b", "c", "d"]) {
      const share = (counts.get(name) ?? 0) / draws;
      assert(Math.abs(share - chance) < room, `${name}: ${share} of ${chance}`);
    }
  }
});

Deno.test("drawGenome() switches all genes on with chance 1, and just birth genes with chance 0", () => {
  fc.assert(fc.property(pools, fc.string(), (pool, seed) => {
    const count = (chance: number) => activeGenes(drawGenome(pool, stream(deriveSeed(seed)), chance), pool).length;
    const all = pool.files.flatMap((file) => file.functions);
    assertEquals(count(1), all.length);
    assertEquals(count(0), all.filter((gene) => gene.phase === "birth").length);
  }));
});

Deno.test("drawGenome() draws the same from the same stream, and else from another", () => {
  const pool = madePool(madeFile("src/a.ts", { a: {}, b: {} }));
  const draw = (seed: string) => drawGenome(pool, stream(deriveSeed(seed)), 0.5);
  assertEquals(draw("x"), draw("x"));
  assertNotEquals(draw("x"), draw("y"));
});

Deno.test("drawParameter() stays within its range and is uniform on its scale", () => {
  const numbers = fc.double({ min: 1e-200, max: 1e200, noNaN: true });
  const unit = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
  fc.assert(fc.property(numbers, numbers, unit, fc.constantFrom("linear", "log"), (a, b, u, scale) => {
    fc.pre(a !== b);
    const [min, max] = [Math.min(a, b), Math.max(a, b)];
    const value = drawParameter({ name: "x", min, max, default: min, scale: scale as "log" }, u);
    assert(value >= min && value <= max);
    const expected = scale === "linear" ? min + (max - min) * u : Math.exp(Math.log(min) + u * Math.log(max / min));
    if (Number.isFinite(expected)) assert(Math.abs(value - expected) <= 1e-9 * max + 1e-6 * expected);
  }));
});

const whole: readonly (readonly [string, Partial<ParameterRange>, number[]])[] = [
  ["a boolean", { min: 0, max: 1, kind: "boolean" }, [0.5, 0.5]],
  ["a choice", { min: 0, max: 2, kind: "choice" }, [1 / 3, 1 / 3, 1 / 3]],
  ["an integer", { min: -2, max: 1, kind: "integer" }, [0.25, 0.25, 0.25, 0.25]],
  // What rounds to 1, 2 and 3 of a logarithmic range.
  ["an integer by the logarithm", { min: 1, max: 3, kind: "integer", scale: "log" }, [0.369, 0.465, 0.166]],
];

for (const [what, range, shares] of whole) {
  Deno.test(`drawParameter() draws ${what} as often as its scale says`, () => {
    const random = stream(deriveSeed("whole", what));
    const counts = shares.map(() => 0);
    const draws = 4000;
    for (let i = 0; i < draws; i++) {
      const value = drawParameter({ name: "x", default: 0, scale: "linear", min: 0, max: 1, ...range }, random());
      assert(Number.isInteger(value));
      counts[value - range.min!]!++;
    }
    for (const [at, share] of shares.entries()) {
      const room = 5 * Math.sqrt(share * (1 - share) / draws);
      assert(Math.abs(counts[at]! / draws - share) < room, `${at}: ${counts[at]}`);
    }
  });
}

Deno.test("drawParameter() stays within integers that are as large as can be", () => {
  const unit = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
  fc.assert(fc.property(fc.maxSafeInteger(), fc.maxSafeInteger(), unit, fc.boolean(), (a, b, u, log) => {
    fc.pre(a !== b && Number.isSafeInteger(b - a) && (!log || Math.min(a, b) > 0));
    const [min, max] = [Math.min(a, b), Math.max(a, b)];
    const scale = log ? "log" : "linear";
    const value = drawParameter({ name: "x", min, max, default: min, scale, kind: "integer" }, u);
    assert(Number.isInteger(value) && value >= min && value <= max);
  }));
});

Deno.test("drawGenome() draws the elements of a list one after another", () => {
  const pool = madePool(madeFile("src/a.ts", { a: {} }, [ofEachKind[0]!]));
  const random = stream(deriveSeed("list"));
  for (let i = 0; i < 2; i++) random(); // file and function
  const expected = [1, 2, 3, 4, 5].map(() => random() < 0.5 ? 0 : 1);
  const { files } = drawGenome(pool, stream(deriveSeed("list")), 0.5);
  assertEquals(files[0]!.parameters, { bits: expected });
});

Deno.test("drawViable() draws until a genome links, and says how often", () => {
  fc.assert(fc.property(pools, fc.string(), (pool, seed) => {
    const drawn = drawViable(pool, stream(deriveSeed(seed)), 0.5, 20);
    assertEquals(drawn.linked, link(drawn.genome, pool) === undefined);
    assert(drawn.draws >= 1 && drawn.draws <= 20);
    if (!drawn.linked) assertEquals(drawn.draws, 20);
  }));
});
