import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import type { ActiveGene } from "../../../lib/genome/active.ts";
import { nameOf, withCallers } from "../../../lib/genome/without.ts";
import { effectsOf } from "../../../lib/steps/ablate/effects.ts";
import { eliminate } from "../../../lib/steps/ablate/eliminate.ts";
import type { Ablated } from "../../../lib/steps/ablate/variants.ts";

const set = { name: "test", worlds: { count: Infinity, isUnseen: true, at: () => [] } };
const progress = () => {};

function gene(name: string, calls: readonly string[], phase?: string): ActiveGene {
  const facts = { name, phase, line: 1, lines: 1, complexity: 1, calls: calls.map((one) => `src/a.ts#${one}`) };
  return { file: "src/a.ts", function: name, ...(phase !== undefined && { phase }), facts };
}

/** A genome whose score is a function of its genes, the same in each world but for that world's own part. */
function ablated(genes: readonly ActiveGene[], score: (has: (name: string) => boolean) => number): Ablated {
  const left = (names: ReadonlySet<string>) => genes.filter((one) => !names.has(nameOf(one)));
  return {
    genes: left,
    play: (names, _set, episodes) => {
      const own = left(names), known = new Set(own.map((one) => nameOf(one)));
      const missing = own.find(({ facts }) => facts.calls.some((name) => !known.has(name)));
      if (missing) return Promise.resolve({ ended: "lethal", reason: `${missing.function} calls it` });
      const value = score((name) => known.has(`src/a.ts#${name}`));
      const scores = Array.from({ length: episodes }, (_, world) => value + world % 3);
      return Promise.resolve({ played: { scores, violations: scores.map(() => 0) } });
    },
  };
}

async function left(one: Ablated, margin: number, fertile = false): Promise<string[]> {
  const { played } = await one.play(new Set(), set, 6);
  const { gone } = await eliminate(one, played!, { set, episodes: 6, margin, fertile, progress });
  return one.genes(gone).map((gene) => gene.function);
}

Deno.test("eliminate() spares what the margin allows in all, callers before what they call, and births if asked", async () => {
  const genes = [
    gene("a", ["b"], "act"),
    gene("b", []),
    gene("c", [], "act"),
    gene("d", [], "act"),
    gene("e", [], "birth"),
  ];
  const one = ablated(genes, (has) => (has("a") ? 3 : 0) + (has("c") ? 1 : 0) + (has("d") ? 1 : 0));
  assertEquals(await left(one, 0), ["a", "b", "c", "d"]);
  assertEquals(await left(one, 0, true), ["a", "b", "c", "d", "e"]);
  assertEquals(await left(one, 1), ["a", "b", "d"]);
  assertEquals(await left(one, 3), ["a", "b"]);
  assertEquals(await left(one, 5), []);
});

Deno.test("eliminate() asks again for what was too dear at first", async () => {
  // Without `x`, which harms, `y` can be spared within the margin.
  const one = ablated([gene("x", [], "act"), gene("y", [], "act")], (has) => (has("x") ? -3 : 0) + (has("y") ? 2 : 0));
  assertEquals(await left(one, 0), []);
});

Deno.test("eliminate() ends where no further gene can be spared, whatever genes do together", async () => {
  const names = ["a", "b", "c", "d", "e"];
  const genes = [
    gene("a", ["b"], "act"),
    gene("b", ["a"]),
    gene("c", ["d"], "act"),
    gene("d", []),
    gene("e", [], "birth"),
  ];
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 32, maxLength: 32 }),
      fc.integer({ min: 0, max: 6 }),
      async (scores, margin) => {
        const one = ablated(
          genes,
          (has) => scores[names.reduce((sum, name, bit) => sum + (has(name) ? 2 ** bit : 0), 0)]!,
        );
        const valueOf = async (gone: ReadonlySet<string>) => (await one.play(gone, set, 1)).played!.scores[0]!;
        const whole = await one.play(new Set(), set, 6);
        const { gone, kept } = await eliminate(one, whole.played!, {
          set,
          episodes: 6,
          margin,
          fertile: false,
          progress,
        });
        const value = await valueOf(new Set());
        assert(value - await valueOf(gone) <= margin);
        for (const { gene, loss } of kept) {
          const without = gone.union(withCallers(one.genes(gone), [gene]));
          assertEquals(loss, value - await valueOf(without));
          assert(loss! > margin);
        }
      },
    ),
    { numRuns: 200 },
  );
});

Deno.test("effectsOf() says what helps, harms, has no effect and can't be left out", async () => {
  const genes = [gene("a", ["b"], "act"), gene("b", []), gene("c", [], "act"), gene("d", [], "birth")];
  const one = ablated(genes, (has) => (has("a") ? 3 : 0) - (has("c") ? 1 : 0));
  const { played } = await one.play(new Set(), set, 40);
  const effects = await effectsOf(one, played!, { set, episodes: 40, progress });
  assertEquals(effects.map(({ gene, verdict, effect }) => [gene, verdict, effect?.mean ?? null]), [
    ["src/a.ts#a", "helps", 3],
    ["src/a.ts#b", "lethal", null],
    ["src/a.ts#c", "harms", -1],
    ["src/a.ts#d", "no effect", 0],
    ["src/a.ts", "helps", 2],
  ]);
  const seen = { ...set, worlds: { ...set.worlds, isUnseen: false } };
  const unshown = await effectsOf(one, played!, { set: seen, episodes: 40, progress });
  assertEquals(unshown.map(({ verdict, effect }) => [verdict, effect?.low ?? null]), [
    ["not shown", null],
    ["lethal", null],
    ["not shown", null],
    ["no effect", null],
    ["not shown", null],
  ]);
});
