import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { readSelection } from "../../bench/evidence/files.ts";
import { selectionRuns } from "../../bench/evidence/selection.ts";
import {
  expectedOf,
  heterozygosity,
  selectionProblems,
  shareOf,
  takeover,
} from "../../bench/evidence/selection_problems.ts";
import { bitsProgram } from "../../bench/evidence/theory.ts";
import { deviation } from "../../lib/statistics/moments.ts";
import { runsToShowEqual } from "../../lib/statistics/sample_size.ts";

const raw = readSelection();

/** All ways to put one of some values at each of so many places. */
function choices<T>(values: readonly T[], places: number): T[][] {
  if (places === 0) return [[]];
  return choices(values, places - 1).flatMap((some) => values.map((value) => [...some, value]));
}

/** The share of pairs of different agents that differ. */
function variety(population: readonly number[]): number {
  const pairs = population.flatMap((one, i) => population.slice(i + 1).map((other) => Number(one !== other)));
  return pairs.reduce((sum, one) => sum + one, 0) / pairs.length;
}

Deno.test("heterozygosity() is the mean over all that can happen to a few agents", () => {
  const survivors = [[0, 1, 2], [0, 1, 3], [0, 2, 3], [1, 2, 3]];
  const next = survivors.flatMap((left) => choices(left, 1).map((born) => [...left, ...born]));
  const mean = next.reduce((sum, population) => sum + variety(population), 0) / next.length;
  assertAlmostEquals(heterozygosity({ size: 4, replaced: 1, cycles: 1 }), mean, 1e-12);
  const pairs = [[0, 1], [0, 2], [0, 3], [1, 2], [1, 3], [2, 3]];
  const half = pairs.flatMap((left) => choices(left, 2).map((born) => [...left, ...born]));
  const halved = half.reduce((sum, population) => sum + variety(population), 0) / half.length;
  assertAlmostEquals(heterozygosity({ size: 4, replaced: 2, cycles: 1 }), halved, 1e-12);
  assertAlmostEquals(heterozygosity({ size: 4, replaced: 2, cycles: 3 }), halved ** 3, 1e-12);
});

/** The mean generations to takeover, as the sum of the chances that it takes longer than each number of them. */
function summed(size: number, share: (copies: number) => number): number {
  const factorials = Array.from({ length: size }, (_, n) => n).reduce<number[]>(
    (all, n) => [...all, n === 0 ? 0 : all.at(-1)! + Math.log(n)],
    [],
  );
  const chance = (k: number, p: number) =>
    p === 1 ? Number(k === size - 1) : Math.exp(
      factorials[size - 1]! - factorials[k]! - factorials[size - 1 - k]! + k * Math.log(p) +
        (size - 1 - k) * Math.log(1 - p),
    );
  let at = Array.from({ length: size }, (_, i) => Number(i === 0));
  let mean = 0;
  for (let generation = 0; generation < 100; generation++) {
    mean += 1 - at[size - 1]!;
    const next = new Array<number>(size).fill(0);
    at.forEach((weight, i) => {
      for (let k = 0; k < size; k++) next[k]! += weight * (i === size - 1 ? Number(k === i) : chance(k, share(i + 1)));
    });
    at = next;
  }
  return mean;
}

Deno.test("takeover() is the mean of its Markov chain, and near what Goldberg and Deb say", () => {
  for (const parts of [{ size: 50, tournament: 2 }, { size: 50, mu: 10 }]) {
    assertAlmostEquals(takeover(50, shareOf(parts)), summed(50, shareOf(parts)), 1e-6);
  }
  const approximate = (Math.log(50) + Math.log(Math.log(50))) / Math.log(2);
  assertAlmostEquals(takeover(50, shareOf({ size: 50, tournament: 2 })), approximate, 0.05 * approximate);
});

Deno.test("docs/evidence has as many runs of selection alone as show it in 90 of 100 cases", () => {
  for (const problem of selectionProblems) {
    const { name, margin, runs } = problem;
    const found = raw.filter((run) => run.problem === name);
    assertEquals(found.map(({ seed }) => seed), Array.from({ length: runs }, (_, i) => `${i + 1}`));
    const spread = deviation(found.map(({ value }) => value));
    const needed = runsToShowEqual({ deviation: spread, margin: margin * expectedOf(problem), power: 0.9 });
    assert(needed < 1.25 * runs, `${name}: ${needed}`);
  }
});

Deno.test("a run of selection alone comes to what docs/evidence has of it", async () => {
  const some = selectionProblems.filter(({ name }) => ["drift-40", "truncation-10"].includes(name));
  const runs = await Array.fromAsync(selectionRuns(await bitsProgram(), some, () => 1, { workers: 1 }));
  assertEquals(runs, some.map(({ name }) => raw.find(({ problem }) => problem === name)!));
});
