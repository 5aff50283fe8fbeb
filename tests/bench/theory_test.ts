import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { readTheory } from "../../bench/evidence/files.ts";
import { problems } from "../../bench/evidence/problems.ts";
import { bitsProgram, theoryRuns } from "../../bench/evidence/theory.ts";
import { runsToShowEqual } from "../../lib/statistics/sample_size.ts";
import { deviation } from "../../lib/statistics/moments.ts";

const raw = readTheory();

/** Chances of so many ones among so many bits, each of which is one with a chance. */
function binomial(count: number, chance: number): number[] {
  let chances = [1];
  for (let i = 0; i < count; i++) {
    chances = Array.from(
      { length: i + 2 },
      (_, k) => (chances[k] ?? 0) * (1 - chance) + (chances[k - 1] ?? 0) * chance,
    );
  }
  return chances;
}

/** Mean births of the (1+1) algorithm from a random genome, where a value depends on the number of ones alone. */
function exact(length: number, value: (ones: number) => number): number {
  const steps = (ones: number) => {
    const to = new Array<number>(length + 1).fill(0);
    const [lost, won] = [binomial(ones, 1 / length), binomial(length - ones, 1 / length)];
    for (let i = 0; i <= ones; i++) for (let j = 0; j <= length - ones; j++) to[ones - i + j]! += lost[i]! * won[j]!;
    return to;
  };
  const order = Array.from({ length: length + 1 }, (_, ones) => ones).sort((a, b) => value(b) - value(a));
  const births = new Array<number>(length + 1).fill(0);
  for (const ones of order.slice(1)) {
    const better = steps(ones).map((chance, to) => value(to) > value(ones) ? chance : 0);
    const leave = better.reduce((sum, chance) => sum + chance, 0);
    births[ones] = (1 + better.reduce((sum, chance, to) => sum + chance * births[to]!, 0)) / leave;
  }
  return binomial(length, 0.5).reduce((sum, chance, ones) => sum + chance * births[ones]!, 0);
}

Deno.test("what is said to be exact is", () => {
  const of = new Map(problems.map(({ name, births }) => [name, births]));
  assertAlmostEquals(exact(50, (ones) => ones), of.get("onemax-50")!, 0.01);
  assertAlmostEquals(exact(100, (ones) => ones), of.get("onemax-100")!, 0.01);
  const jump = (ones: number) => ones > 18 && ones < 20 ? 20 - ones : ones + 2;
  assertAlmostEquals(exact(20, jump), of.get("jump2-20")!, 0.1);
  const leading = 50 ** 2 / 2 * ((1 - 1 / 50) ** -49 - (1 - 1 / 50));
  assertAlmostEquals(leading, of.get("leadingones-50")!, 0.1);
});

Deno.test("docs/evidence has as many runs of each problem as show it in 90 of 100 cases", () => {
  for (const { name, births, margin, runs } of problems) {
    const found = raw.filter(({ problem }) => problem === name);
    assertEquals(found.map(({ seed }) => seed), Array.from({ length: runs }, (_, i) => `${i + 1}`));
    const spread = deviation(found.map((run) => run.births));
    const needed = runsToShowEqual({ deviation: spread, margin: margin * births, power: 0.9 });
    assert(Math.abs(needed - runs) < 0.25 * runs, `${name}: ${needed}`);
  }
});

Deno.test("a run comes to what docs/evidence has of it", async () => {
  const [first] = problems;
  const runs = await Array.fromAsync(theoryRuns(await bitsProgram(), [first!], () => 1, { workers: 1 }));
  assertEquals(runs, raw.slice(0, 1));
});
