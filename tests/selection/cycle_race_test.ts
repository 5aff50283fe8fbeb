import { assertEquals, assertNotEquals } from "@std/assert";
import { deriveSeed, stream } from "../../lib/runtime/random.ts";
import { type Contender, racePlaces, racing, together } from "../../lib/selection/cycle_race.ts";
import { ranked } from "../../lib/selection/order.ts";
import { candidate } from "./made_candidates.ts";

const random = (seed: string) => (purpose: string) => stream(deriveSeed(seed, purpose));

const one = (ordinal: number, fitness: number, violation = 0): Contender => ({
  id: `a${ordinal}`,
  ordinal,
  fitness,
  violation,
});

const ids = (all: readonly { readonly id: string }[]) => all.map(({ id }) => id);

Deno.test("racing() are the first so many: feasible before infeasible, then by fitness, equals by lot", () => {
  const results = [one(0, 9, 1), one(1, 2), one(2, 3), one(3, 1)];
  assertEquals(ids(racing(results, 2, random("1"))), ["a2", "a1"]);
  assertEquals(ids(racing(results, 9, random("1"))), ["a2", "a1", "a3", "a0"]);
  const equals = Array.from({ length: 8 }, (_, i) => one(i, 1));
  assertEquals(racing(equals, 3, random("1")), racing(equals.toReversed(), 3, random("1")));
  assertNotEquals(racing(equals, 3, random("1")), racing(equals, 3, random("2")));
});

Deno.test("racePlaces() give the best a place each, equals the same one, and none to more than are kept", () => {
  const raced = [one(0, 5), one(1, 7), one(2, 7), one(3, 1), one(4, 9, 2)];
  assertEquals(Object.fromEntries(racePlaces(raced, 3, random("1"))), { a1: 1, a2: 1, a0: 3 });
  assertEquals([...racePlaces(raced, 1, random("1")).values()], [1]);
  assertEquals(racePlaces(raced, 9, random("1")).get("a4"), 5);
  assertEquals(racePlaces([], 3, random("1")).size, 0);
});

Deno.test("together() weighs both parts by their episodes", () => {
  const judged = { score: 1, violation: 0, measures: { told: 4 }, episodes: 1 };
  const raced = { score: 5, violation: 4, measures: { told: 0 }, episodes: 3 };
  assertEquals(together(judged, raced), { score: 4, violation: 3, measures: { told: 1 }, episodes: 4 });
});

Deno.test("ranked() puts what a race has kept first, by its place there, be it feasible or not", () => {
  const candidates = [
    candidate(0, { fitness: 9 }),
    candidate(1, { fitness: 1, race: 2 }),
    candidate(2, { fitness: 0, race: 1, violation: 1 }),
    candidate(3, { fitness: 8 }),
  ];
  assertEquals(ranked(candidates, random("1")).map(({ ordinal }) => ordinal), [2, 1, 0, 3]);
});
