import { assert, assertEquals } from "@std/assert";
import { raced, type Result } from "../../../lib/steps/compare/race.ts";
import { deriveSeed, stream } from "../../../lib/runtime/random.ts";
import { normal } from "../../statistics/draws.ts";

/** Genomes by what they are worth, with noise of a standard deviation; NaN fails. */
function judge(noise: number, seen: [number, number, number][] = []) {
  return (entrants: readonly number[], from: number, to: number): Result[] => {
    seen.push([entrants.length, from, to]);
    return entrants.map((worth) => {
      if (Number.isNaN(worth)) return undefined;
      const random = stream(deriveSeed("worth", worth, from));
      const noises = Array.from({ length: to - from }, () => worth + noise * normal(random));
      return { score: noises.reduce((sum, value) => sum + value, 0) / noises.length, violation: 0 };
    });
  };
}

Deno.test("raced() halves round by round, each with a fresh part of the worlds, within its budget", () => {
  const seen: [number, number, number][] = [];
  const { winner, episodes } = raced({
    entrants: [5, 9, 1, 7, 3, 8, 2, 6],
    budget: 500,
    worlds: 1000,
    judge: judge(0, seen),
  });
  assertEquals(winner, 9);
  assertEquals(seen, [[8, 0, 20], [4, 20, 62], [2, 62, 148]]);
  assertEquals(episodes, 8 * 20 + 4 * 42 + 2 * 86);
  assert(episodes <= 500);
});

Deno.test("raced() finds the best among noise more often than one look does", () => {
  let [wins, looks] = [0, 0];
  for (let trial = 0; trial < 200; trial++) {
    const entrants = Array.from({ length: 16 }, (_, i) => i / 4 + trial * 100);
    const best = entrants.at(-1);
    if (raced({ entrants, budget: 640, worlds: 1000, judge: judge(3) }).winner === best) wins++;
    const once = judge(3)(entrants, 0, 1).map((result) => result!.score);
    if (entrants[once.indexOf(Math.max(...once))] === best) looks++;
  }
  assert(wins > 1.5 * looks, `${wins} ${looks}`);
});

Deno.test("raced() takes the first of one, of equals, and where there is no budget or no world", () => {
  const none = () => assert(false);
  assertEquals(raced({ entrants: [4], budget: 100, worlds: 9, judge: none as never }), { winner: 4, episodes: 0 });
  assertEquals(raced({ entrants: [], budget: 100, worlds: 9, judge: none as never }), { episodes: 0 });
  assertEquals(raced({ entrants: [4, 5], budget: 1, worlds: 9, judge: none as never }), { winner: 4, episodes: 0 });
  assertEquals(raced({ entrants: [4, 5], budget: 99, worlds: 0, judge: none as never }), { winner: 4, episodes: 0 });
});

Deno.test("raced() drops what fails, and has no winner where all fail", () => {
  assertEquals(raced({ entrants: [NaN, 2, NaN, 1], budget: 99, worlds: 99, judge: judge(0) }).winner, 2);
  assertEquals(raced({ entrants: [NaN, NaN], budget: 20, worlds: 99, judge: judge(0) }).winner, undefined);
});

Deno.test("raced() puts what breaks nothing before what scores more", () => {
  const { winner } = raced({
    entrants: ["broken", "whole"],
    budget: 20,
    worlds: 99,
    judge: (all) => all.map((one) => ({ score: one === "broken" ? 9 : 1, violation: one === "broken" ? 0.1 : 0 })),
  });
  assertEquals(winner, "whole");
});
