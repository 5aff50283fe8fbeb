import { assert, assertEquals } from "@std/assert";
import alps, { layerOf } from "../../lib/selection/strategies/alps.ts";
import type { Given } from "../../lib/selection/strategy.ts";
import { candidate, firstParents, given, population } from "./made.ts";

const options = { layers: { count: 4, ageGap: 5 }, replacementFraction: 0.5, tournamentSize: 2, mates: 0 } as Partial<
  Given["options"]
> as Given["options"];

Deno.test("layerOf() has bounds of 1, 2, 4, 9, 16 … gaps, and none for the last", () => {
  const layers = (ageGap: number, count: number) => (age: number) =>
    layerOf(age, { layers: { count, ageGap } } as Given["options"]);
  assertEquals([0, 1, 2, 3, 4, 8, 9, 15, 16, 24, 25, 1000].map(layers(1, 7)), [0, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6]);
  assertEquals([0, 4, 5, 9, 10, 19, 20, 1000].map(layers(5, 4)), [0, 0, 1, 1, 2, 2, 3, 3]);
});

Deno.test("alps: only genomes of about the same age compete", () => {
  // The old ones are all better: the best half of the young stays nevertheless.
  const living = population(20, (i) => ({ age: i < 10 ? 2 : 30 }));
  const { deaths, births } = alps.select(given(living, { options }));
  const dead = new Set(deaths.map(({ id }) => Number(id.slice("agent-".length))));
  assertEquals(living.map(({ ordinal }) => ordinal).filter((i) => !dead.has(i)), [5, 6, 7, 8, 9, 15, 16, 17, 18, 19]);
  assertEquals(births.length, 10);
  assertEquals(births.map(({ age }) => age).sort(), [...Array(5).fill(2), ...Array(5).fill(30)]);
});

Deno.test("alps: parents are of the layer and the one below, and a child is as old as the oldest", () => {
  const living = population(20, (i) => ({ age: i < 10 ? 2 : 6, fitness: i }));
  const { births } = alps.select(given(living, { options }));
  assert(births.slice(0, 5).every(({ age, parents: [one] }) => age === 2 && Number(one!.slice(6)) < 10));
  const better = population(20, (i) => ({ age: i < 10 ? 2 : 6, fitness: i < 10 ? 50 + i : i }));
  const fromBelow = firstParents(alps.select(given(better, { options }))).slice(5).filter((id) =>
    Number(id!.slice(6)) < 10
  );
  assert(fromBelow.length >= 3, `${fromBelow}`);
  const apart = alps.select(given(living, { options: { ...options, mates: 1 } }));
  assert(
    apart.births.every(({ age, parents }) =>
      age === Math.max(...parents.map((id) => Number(id.slice(6)) < 10 ? 2 : 6))
    ),
  );
});

Deno.test("alps: random genomes are born where the lowest layer has none left", () => {
  const { deaths, births } = alps.select(given(population(20, () => ({ age: 5 })), { options }));
  assertEquals(deaths.length, 15);
  const random = births.filter(({ kind }) => kind === "random");
  assertEquals([random.length, births.length], [10, 15]);
  assert(random.every(({ age, parents }) => age === 0 && parents.length === 0));
});

Deno.test("alps: over cycles the lowest layer begins anew each gap, and places stay filled", () => {
  let living = population(24, () => ({ age: 1 }));
  const begun: number[] = [];
  for (let cycle = 1; cycle <= 16; cycle++) {
    const { deaths, births } = alps.select(given(living, { seed: `${cycle}`, options }));
    if (births.some(({ kind }) => kind === "random")) begun.push(cycle);
    const dead = new Set(deaths.map(({ id }) => id));
    living = [
      ...living.filter(({ id }) => !dead.has(id)).map((one) => ({ ...one, age: one.age + 1 })),
      ...births.map(({ age }, i) => candidate(cycle * 100 + i, { age: age + 1 })),
    ];
    assertEquals(living.length, 24);
  }
  assertEquals(begun, [5, 10, 15]);
});
