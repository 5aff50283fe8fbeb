import fc from "fast-check";
import { assert, assertEquals, assertThrows } from "@std/assert";
import { crowding, frontsOf, type Point } from "../../lib/selection/fronts.ts";
import { hypervolume } from "../../lib/selection/hypervolume.ts";
import nsga2 from "../../lib/selection/strategies/nsga2.ts";
import { candidate, firstParents, given, population, trial } from "./made.ts";

const anyPoints = (objectives: number) =>
  fc.array(
    fc.record({
      objectives: fc.array(fc.integer({ min: 0, max: 4 }), { minLength: objectives, maxLength: objectives }),
      violation: fc.constantFrom(0, 0, 0, 1, 2),
    }),
    { maxLength: 25 },
  );

/** Whether a point is at least as good in each objective, and better in one. */
function dominates(a: readonly number[], b: readonly number[]): boolean {
  let better = false;
  for (let i = 0; i < a.length; i++) {
    if (a[i]! < b[i]!) return false;
    if (a[i]! > b[i]!) better = true;
  }
  return better;
}

/** Constraint domination, as Deb et al. 2002 have it. */
function betterThan(a: Point, b: Point): boolean {
  if (a.violation === 0 && b.violation === 0) return dominates(a.objectives, b.objectives);
  return a.violation < b.violation;
}

Deno.test("frontsOf() peels off what no other left dominates, by constraints first", () => {
  fc.assert(fc.property(fc.integer({ min: 1, max: 4 }).chain(anyPoints), (points) => {
    let left = points;
    for (const front of frontsOf(points)) {
      assertEquals(front, left.filter((one) => !left.some((other) => betterThan(other, one))));
      left = left.filter((one) => !front.includes(one));
    }
    assertEquals(left, []);
  }));
});

Deno.test("crowding() is infinite at the ends and the share of the gap between neighbours elsewhere", () => {
  const front = [[0, 10], [1, 8], [4, 3], [10, 0]].map((objectives) => ({ objectives, violation: 0 }));
  assertEquals(crowding(front), [Infinity, 0.4 + 0.7, 0.9 + 0.8, Infinity]);
  assertEquals(crowding([front[0]!, front[0]!, front[0]!]).filter(Number.isNaN), []);
});

Deno.test("hypervolume() counts what at least one point dominates, in any dimension", () => {
  fc.assert(fc.property(fc.integer({ min: 1, max: 4 }).chain(anyPoints), (points) => {
    const all = points.map(({ objectives }) => objectives);
    if (all.length === 0) return assertEquals(hypervolume(all, [0, 0]), 0);
    // Whole numbers: the volume is the number of unit cubes below some point.
    const cubes = Array.from(
      { length: 4 ** all[0]!.length },
      (_, i) => all[0]!.map((_, d) => Math.floor(i / 4 ** d) % 4),
    );
    const below = cubes.filter((cube) => all.some((one) => one.every((value, d) => value > cube[d]!)));
    assertEquals(hypervolume(all, all[0]!.map(() => 0)), below.length);
  }));
  assertThrows(() => hypervolume([], Array(9).fill(0)), RangeError, "at most 8");
});

const several = (objectives: readonly number[], violation = 0) => ({
  trials: [trial(objectives, { violation })],
  violation,
});

Deno.test("nsga2: the half on the best fronts stays, of the last front the least crowded", () => {
  // A front of five, and three that are dominated; feasible ones come before those that break something.
  const front = [[0, 10], [1, 9], [1.1, 8.9], [5, 5], [10, 0]];
  const living = [
    ...[[0, 9], [4, 4], [99, 99]].map((one, i) => candidate(i, several(one, i === 2 ? 1 : 0))),
    ...front.map((one, i) => candidate(i + 3, several(one))),
  ];
  const { deaths, births, ranking } = nsga2.select(given(living));
  assertEquals(deaths.map(({ id }) => id).sort(), ["agent-0", "agent-1", "agent-2", "agent-4"]);
  assertEquals(births.length, 4);
  const stays = new Set(["agent-3", "agent-5", "agent-6", "agent-7"]);
  assert(births.flatMap(({ parents }) => parents).every((id) => stays.has(id)));
  assertEquals(ranking!.at(-1)!.id, "agent-2");
});

Deno.test("nsga2: means over the trials are compared, and of two parents the better front wins", () => {
  const two = (...values: number[][]) => ({ trials: values.map((one) => trial(one)) });
  const living = [
    candidate(0, two([0, 0], [4, 4])),
    candidate(1, two([3, 3], [3, 3])),
    candidate(2, two([0, 0])),
    candidate(3, two([1, 1])),
  ];
  const made = Array.from({ length: 300 }, (_, seed) => nsga2.select(given(living, { seed: `${seed}` })));
  assertEquals(made[0]!.deaths.map(({ id }) => id), ["agent-2", "agent-3"]);
  const best = made.flatMap(firstParents).filter((id) => id === "agent-1").length;
  // Three quarters of 600, with a standard deviation of 10.6.
  assert(Math.abs(best - 450) < 40, `${best}`);
});

Deno.test("nsga2: where no genome that stays can be a parent, others are", () => {
  const living = population(4, (i) => ({ ...several([i, i]), fertile: i < 2 }));
  const { deaths, births } = nsga2.select(given(living));
  assertEquals(deaths.map(({ id }) => id), ["agent-0", "agent-1"]);
  assert(births.every(({ parents: [first] }) => first === "agent-1" || first === "agent-0"));
});
