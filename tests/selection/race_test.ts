import { assert, assertEquals } from "@std/assert";
import { phasesOf, type Played, race } from "../../lib/selection/race.ts";
import { stream } from "../../lib/runtime/random.ts";

/** Entrants named by what they are worth, which play with noise. */
function noisy(deviation: number) {
  const asked: [number, number, number][] = [];
  const play = (left: readonly number[], from: number, to: number): Promise<Played[]> => {
    asked.push([left.length, from, to]);
    return Promise.resolve(left.map((worth) => {
      const scores = Array.from({ length: to - from }, (_, i) => {
        const random = stream(`${worth} ${from + i}`);
        return worth + deviation * (random() + random() + random() + random() - 2) * Math.sqrt(3);
      });
      return { scores, violations: scores.map(() => 0) };
    }));
  };
  return { asked, play };
}

Deno.test("phasesOf() are those of Audibert, Bubeck and Munos (2010)", () => {
  // K = 4, n = 40: log = 1/2 + 1/2 + 1/3 + 1/4; n_k = ceil(36 / (log (5 - k))).
  const log = 0.5 + 1 / 2 + 1 / 3 + 1 / 4;
  assertEquals(phasesOf(4, 40), [4, 3, 2].map((left) => Math.ceil(36 / (log * left))));
  assertEquals([phasesOf(1, 40), phasesOf(2, 1)], [[], [1]]);
  for (const [entrants, budget] of [[2, 7], [5, 100], [16, 320], [24, 30]] as const) {
    const phases = phasesOf(entrants, budget);
    const all = phases.reduce((sum, to) => sum + to, 0) + phases.at(-1)!;
    assert(all <= budget, `${all} of ${budget}`);
  }
});

Deno.test("race() rejects the worst phase by phase, on worlds that all of those left play", async () => {
  const { asked, play } = noisy(0);
  const placed = await race([3, 9, 1, 7], { episodes: 40, play });
  assertEquals(placed.map(({ entrant }) => entrant), [9, 7, 3, 1]);
  const [a, b, c] = phasesOf(4, 40) as [number, number, number];
  assertEquals(asked, [[4, 0, a], [3, a, b], [2, b, c]]);
  assertEquals(placed.map(({ episodes }) => episodes), [c, c, b, a]);
});

Deno.test("race() in groups ends its phases with whole ones, and rejects as before", async () => {
  const { asked, play } = noisy(0);
  const entrants = [3, 9, 1, 7, 2, 8], episodes = 120, group = 8;
  const placed = await race(entrants, { episodes, group, play });
  assertEquals(placed.map(({ entrant }) => entrant), [9, 8, 7, 3, 2, 1]);
  const ends = phasesOf(entrants.length, episodes).map((end) => Math.max(1, Math.round(end / group)) * group);
  assertEquals(placed.map((one) => one.episodes), [ends.at(-1), ...ends.toReversed()]);
  assert(asked.length > 1 && asked.every(([, from, to]) => from % group === 0 && to % group === 0 && to > from));
});

Deno.test("race() tells the best from what is nearly as good more often than as many episodes for each would", async () => {
  let byRace = 0, byShare = 0;
  const count = 12, runs = 200;
  for (let run = 0; run < runs; run++) {
    // One is nearly as good as the best, most are much worse.
    const entrants = Array.from({ length: count }, (_, i) => run * 100 + (i === 7 ? 0.5 : i === 2 ? 0.3 : -i / 5));
    const best = run * 100 + 0.5;
    const { play } = noisy(1);
    byRace += Number((await race(entrants, { episodes: 240, play }))[0]!.entrant === best);
    const shares = await play(entrants, 0, 240 / count);
    const sums = shares.map(({ scores }) => scores.reduce((sum, score) => sum + score, 0));
    byShare += Number(entrants[sums.indexOf(Math.max(...sums))] === best);
  }
  assert(byRace > byShare, `${byRace} and ${byShare} of ${runs}`);
});

Deno.test("race(): what fails is rejected, what breaks something comes after what does not, equals keep their order", async () => {
  const outcome: Record<string, Played | undefined> = {
    fails: undefined,
    breaks: { scores: [9], violations: [1] },
    a: { scores: [1], violations: [0] },
    b: { scores: [1], violations: [0] },
  };
  const play = (left: readonly string[], from: number, to: number) =>
    Promise.resolve(left.map((name) => {
      const one = outcome[name];
      const many = (values: readonly number[]) => Array<number>(to - from).fill(values[0]!);
      return one && { scores: many(one.scores), violations: many(one.violations) };
    }));
  const placed = await race(["fails", "breaks", "a", "b"], { episodes: 12, play });
  assertEquals(placed.map(({ entrant }) => entrant), ["a", "b", "breaks", "fails"]);
  assertEquals(placed.map(({ score }) => score), [1, 1, 9, null]);
  assertEquals((await race(["fails"], { episodes: 9, play }))[0]!.hasFailed, false);
  const none = await race(["fails", "fails"], { episodes: 9, play });
  assertEquals(none.map(({ hasFailed }) => hasFailed), [true, true]);
});

Deno.test("race() where chance has no part keeps the order that it is given", async () => {
  const play = (left: readonly string[]) => Promise.resolve(left.map(() => ({ scores: [], violations: [] })));
  const placed = await race(["x", "y", "z"], { episodes: 30, play });
  assertEquals(placed.map(({ entrant, episodes, score }) => [entrant, episodes, score]), [
    ["x", 0, null],
    ["y", 0, null],
    ["z", 0, null],
  ]);
});
