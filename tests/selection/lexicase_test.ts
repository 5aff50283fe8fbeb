import fc from "fast-check";
import { assert, assertEquals } from "@std/assert";
import { casesOf, Lexicase } from "../../lib/selection/lexicase.ts";
import lexicase from "../../lib/selection/strategies/lexicase.ts";
import type { Candidate, Given } from "../../lib/selection/strategy.ts";
import { candidate, firstParents, given, trial } from "./made.ts";

const from = (...rows: (readonly number[])[]) =>
  rows.map((row, i) => candidate(i, { trials: row.map((one) => trial([one])) }));

/** Probability of each to be drawn, over all orders of the cases. */
function exact(all: readonly Candidate[]): number[] {
  const cases = casesOf(all);
  const chances = all.map(() => 0);
  const visit = (left: readonly number[], open: readonly number[], chance: number) => {
    if (open.length === 0) return left.forEach((i) => chances[i]! += chance / left.length);
    for (const at of open) {
      const { values, violations, epsilon } = cases[at]!;
      const least = Math.min(...left.map((i) => violations[i]!));
      const unbroken = left.filter((i) => violations[i] === least);
      const most = Math.max(...unbroken.map((i) => values[i]!));
      visit(
        unbroken.filter((i) => values[i]! >= most - epsilon),
        open.filter((one) => one !== at),
        chance / open.length,
      );
    }
  };
  visit([...all.keys()], [...cases.keys()], 1);
  return chances;
}

Deno.test("Lexicase draws each candidate as often as all orders of the cases give", () => {
  const value = fc.oneof(fc.integer({ min: 0, max: 3 }), fc.constantFrom(0.5, 1.25, 2.75));
  const row = fc.array(fc.tuple(value, fc.constantFrom(0, 0, 0, 1)), { minLength: 3, maxLength: 3 });
  fc.assert(
    fc.property(fc.array(row, { minLength: 1, maxLength: 6 }), (rows) => {
      const all = rows.map((row, i) =>
        candidate(i, { trials: row.map(([one, violation]) => trial([one], { violation })) })
      );
      const { draw } = new Lexicase(all, casesOf(all));
      const random = given([]).random("draws");
      const counts = all.map(() => 0);
      for (let i = 0; i < 600; i++) counts[all.indexOf(draw(random))]!++;
      exact(all).forEach((chance, i) => {
        const deviation = Math.sqrt(600 * chance * (1 - chance));
        assert(Math.abs(counts[i]! - 600 * chance) <= 5 * deviation + 1e-6, `${counts} ${exact(all)}`);
      });
    }),
    { numRuns: 40, seed: 1 },
  );
});

Deno.test("casesOf() compares whole numbers exactly, and real ones within the median absolute deviation", () => {
  assertEquals(casesOf(from([1], [2], [9])).map(({ epsilon }) => epsilon), [0]);
  assertEquals(casesOf(from([1.5], [2], [9])).map(({ epsilon }) => epsilon), [0.5]);
  const [lacking] = casesOf([candidate(0), candidate(1, { trials: [] })]);
  assertEquals([lacking!.values, lacking!.violations], [[0, -Infinity], [0, Infinity]]);
});

Deno.test("lexicase: specialists are parents, what is mediocre everywhere is none, all but the elites are replaced", () => {
  const living = from([9, 0, 0], [0, 9, 0], [0, 0, 9], [8, 8, 8]);
  const made = Array.from(
    { length: 30 },
    (_, seed) =>
      lexicase.select(given(living, { seed: `${seed}`, options: { elites: 0, mates: 0 } as Given["options"] })),
  );
  const parents = made.flatMap(firstParents);
  assertEquals(parents.length, 120);
  assertEquals([...new Set(parents)].sort(), ["agent-0", "agent-1", "agent-2"]);
  assertEquals(made[0]!.deaths.length, 4);
  const { deaths } = lexicase.select(given(living, { options: { elites: 0.25 } as Given["options"] }));
  assertEquals(deaths.length, 3);
});
