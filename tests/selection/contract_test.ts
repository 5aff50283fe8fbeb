import fc from "fast-check";
import { assert, assertEquals } from "@std/assert";
import { deriveSeed, stream } from "../../lib/runtime/random.ts";
import { onIslands } from "../../lib/selection/islands.ts";
import type { Given, Selected, Strategy } from "../../lib/selection/strategy.ts";
import { allStrategies, anyGiven, anyIslands, frozen, given, population, trial } from "./made.ts";

const strategies = await allStrategies();

/** What the core demands of an answer. */
function demand({ living, doomed, archive, size }: Given, { deaths, births, archive: kept, ranking }: Selected) {
  const dead = new Set(deaths.map(({ id }) => id));
  assertEquals(dead.size, deaths.length);
  assert([...dead].every((id) => living.some((one) => one.id === id)), "deaths are of the living");
  assert(deaths.every(({ reason }) => /^[A-Z].*\.$/.test(reason)), "a reason is a sentence");
  assert(births.length <= Math.max(0, size - (living.length - dead.size)), "births fit into the places");
  const known = new Map([...archive, ...doomed, ...living].map((one) => [one.id, one]));
  for (const { kind, parents, island, age } of births) {
    assert(parents.every((id) => known.has(id)));
    assertEquals(new Set(parents).size, parents.length);
    if (kind === "random") assertEquals(parents, []);
    if (kind === "copy") assertEquals(parents.length, 1);
    if (kind === "birth") assert(known.get(parents[0]!)!.fertile);
    if (kind !== "random") assert(known.get(parents[0]!)!.fitness !== undefined);
    assert(Number.isInteger(island) && island >= 0 && Number.isInteger(age) && age >= 0);
  }
  assert(kept.every(({ id }) => known.has(id)));
  assert((ranking ?? []).every(({ id }) => known.has(id)));
}

for (const [name, strategy] of strategies) {
  Deno.test(`${name}: keeps to what is demanded, gives the same again, and changes nothing of what it is given`, () => {
    fc.assert(
      fc.property(anyGiven, (made) => {
        const selected = strategy.select(frozen(made));
        demand(made, selected);
        assertEquals(strategy.select(made), selected);
      }),
      { numRuns: 150 },
    );
  });

  Deno.test(`${name}: does so on islands as well`, () => {
    const onThem = onIslands(strategy);
    fc.assert(
      fc.property(anyGiven, anyIslands, (made, islands) => {
        const apart = frozen({ ...made, options: { ...made.options, islands } });
        const selected = onThem.select(apart);
        demand(apart, selected);
        assertEquals(onThem.select(apart), selected);
      }),
      { numRuns: 60 },
    );
  });

  Deno.test(`${name}: another seed gives other lots`, () => {
    const equal = population(40, () => ({ fitness: 1, energy: 0 }));
    const choices = ["1", "2", "3"].map((seed) =>
      JSON.stringify(strategy.select(given(equal, { seed, size: 50 })).births)
    );
    assert(new Set(choices).size > 1 || name === "one-plus-one");
  });

  Deno.test(`${name}: has no birth without a parent, and none where there is no place`, () => {
    const sterile = population(6, () => ({ fertile: false }));
    const { births } = strategy.select(given(sterile, { size: 8 }));
    assert(births.every(({ kind }) => kind !== "birth"));
    const { deaths, births: none } = strategy.select(given([], { size: 0 }));
    assertEquals([deaths, none], [[], []]);
  });
}

const random = stream(deriveSeed("largest"));
const largest = population(10_000, () => {
  const trials = Array.from(
    { length: 8 },
    (_, instance) => trial([random(), random()], { instance, measures: { size: random(), pace: random() } }),
  );
  return { fitness: random(), age: Math.floor(random() * 50), island: Math.floor(random() * 100), trials };
});
const descriptors = ["size", "pace"].map((measure) => ({ measure, min: 0, max: 1, bins: 50 }));

Deno.test("10,000 agents take no strategy out of proportion to the default", () => {
  const ms = (strategy: Strategy, more: Partial<Given["options"]> = {}) => {
    const began = performance.now();
    strategy.select(given(largest, { options: { descriptors, ...more } as Given["options"] }));
    return performance.now() - began;
  };
  const usual = strategies.get("truncation-tournament")!;
  const reference = Math.min(ms(usual), ms(usual), ms(usual));
  const islands = { count: 100, topology: "ring", interval: 1, share: 0.1 } as const;
  const measured = [
    ...[...strategies].map(([name, strategy]) => [name, ms(strategy)] as const),
    ["islands", ms(onIslands(usual), { islands })] as const,
  ];
  // What compared each with each would take thousands of times as long.
  for (const [name, time] of measured) {
    assert(time < 150 * (reference + 5), `${name}: ${time} ms against ${reference} ms`);
  }
});
