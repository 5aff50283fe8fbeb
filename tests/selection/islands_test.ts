import { assert, assertEquals } from "@std/assert";
import { onIslands } from "../../lib/selection/islands.ts";
import tournament from "../../lib/selection/strategies/tournament.ts";
import truncationTournament from "../../lib/selection/strategies/truncation-tournament.ts";
import onePlusOne from "../../lib/selection/strategies/one-plus-one.ts";
import type { Candidate, Given, Islands, Selected } from "../../lib/selection/strategy.ts";
import { candidate, given, population } from "./made.ts";

const alone: Islands = { count: 4, topology: "none", interval: 1, share: 0.1 };
const options = (islands: Islands, more: Partial<Given["options"]> = {}) => ({
  options: { islands, ...more } as Given["options"],
});
const islandOf = (living: readonly Candidate[]) => new Map(living.map(({ id, island }) => [id, island]));
const copies = ({ births }: Selected) =>
  births.filter(({ kind }) => kind === "copy").map(({ parents, island }) => [parents[0], island]);

Deno.test("islands: without migration each is a run of its own", () => {
  const living = population(40, (i) => ({ island: i % 4 }));
  const selected = onIslands(truncationTournament).select(given(living, options(alone)));
  const home = islandOf(living);
  assertEquals([selected.deaths.length, selected.births.length], [12, 12]);
  assert(selected.births.every(({ parents, island }) => parents.every((id) => home.get(id) === island)));
  // What the others are changes nothing: only the island's own agents are given to its strategy.
  const others = living.map((one) =>
    one.island === 2 ? one : { ...one, fitness: -one.fitness!, fertile: one.ordinal % 3 > 0 }
  );
  const again = onIslands(truncationTournament).select(given(others, options(alone)));
  const of = (made: Selected) => [
    made.deaths.filter(({ id }) => home.get(id) === 2),
    made.births.filter(({ island }) => island === 2),
  ];
  assertEquals(of(again), of(selected));
});

Deno.test("islands: each has streams of its own", () => {
  const living = population(40, (i) => ({ fitness: Math.floor(i / 4), island: i % 4 }));
  const { births } = onIslands(tournament).select(given(living, options(alone, { elites: 0, mates: 0 })));
  const ranks = [0, 1].map((which) =>
    births.filter(({ island }) => island === which).map(({ parents: [id] }) => Math.floor(Number(id!.slice(6)) / 4))
  );
  assertEquals(ranks.map(({ length }) => length), [10, 10]);
  assert(`${ranks[0]}` !== `${ranks[1]}`);
});

Deno.test("islands: copies of the best go round the ring, when it is time", () => {
  const living = population(40, (i) => ({ island: i % 4 }));
  const ring: Islands = { count: 4, topology: "ring", interval: 3, share: 0.2 };
  const select = (cycle: number) =>
    onIslands(tournament).select(given(living, { cycle, ...options(ring, { elites: 0 }) }));
  assertEquals(copies(select(4)), []);
  const at = select(6);
  assertEquals(copies(at), [
    ["agent-39", 0],
    ["agent-36", 1],
    ["agent-37", 2],
    ["agent-38", 3],
    ["agent-35", 0],
    ["agent-32", 1],
    ["agent-33", 2],
    ["agent-34", 3],
  ]);
  assertEquals([at.deaths.length, at.births.length], [40, 40]);
});

Deno.test("islands: where all are connected migrants come from any other, and none from their own", () => {
  const living = population(60, (i) => ({ island: i % 6 }));
  const complete: Islands = { count: 6, topology: "complete", interval: 1, share: 0.3 };
  const home = islandOf(living);
  const moved = copies(onIslands(tournament).select(given(living, options(complete, { elites: 0 }))));
  assertEquals(moved.length, 18);
  assert(moved.every(([id, island]) => home.get(id as string) !== island));
  assert(moved.every(([id]) => Number((id as string).slice(6)) >= 42), `${moved}`);
  assert(new Set(moved.map(([id, island]) => `${home.get(id as string)} ${island}`)).size > 6);
});

Deno.test("islands: hundreds of runs of two agents in one population", () => {
  const living = population(600, (i) => ({ island: i % 300, fitness: i < 300 ? 1 : (i % 3) }));
  const { deaths, births } = onIslands(onePlusOne).select(given(living, options({ ...alone, count: 300 })));
  assertEquals([deaths.length, births.length, new Set(births.map(({ island }) => island)).size], [300, 300, 300]);
  // The child is worse on every third island, and takes the place of its parent on all others.
  assertEquals(deaths.filter(({ id }) => Number(id.slice(6)) >= 300).length, 100);
});

Deno.test("islands: an island whose agents take no part for a while is not filled beyond the size", () => {
  // Ten agents of island 0 are not given, and come back: births elsewhere leave no more than there is room for.
  const living = [...population(20, () => ({ island: 1 })), candidate(20, { island: 0 })];
  const { deaths, births } = onIslands(truncationTournament).select(
    given(living, { size: 22, ...options({ ...alone, count: 2 }) }),
  );
  assert(living.length - deaths.length + births.length <= 22);
});

Deno.test("islands: one or none is the strategy itself", () => {
  const made = given(population(10));
  assertEquals(onIslands(tournament).select(made), tournament.select(made));
});
