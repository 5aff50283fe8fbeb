import { assert, assertEquals } from "@std/assert";
import type { RaceReport } from "../../lib/records/race.ts";
import { expectedText, noRace, raceRows, raceText } from "../../lib/tables/race_text.ts";

const expected = { mean: 18.12, low: 16.6, high: 19.64, episodes: 200, violation: 0 };
const control = { agent: "b".repeat(36), genomeHash: "c", source: "founder", expected, gain: expected } as const;
const report: RaceReport = {
  cycle: 10,
  winner: { agent: "a".repeat(36), genomeHash: "w", source: "best" },
  entrants: 24,
  ranking: [],
  raceEpisodes: 480,
  expected,
  objective: { name: "length", sense: "minimise" },
  control,
};

Deno.test("raceRows() tell of winner, expected score and control, and say so where there is none", () => {
  assertEquals(raceRows(report, 12), [
    ["winner of the final race", "aaaaaaaa, by an agent's best genome; of 24 in 480 episodes, after cycle 10"],
    ["expected length", "18.12 [16.60, 19.64] in 200 unseen episodes"],
    ["best of the initial population", "18.12 [16.60, 19.64] in the same worlds"],
    ["the winner is better by", "18.12 [16.60, 19.64]"],
  ]);
  assertEquals(raceRows(undefined, 3), [["final race", noRace]]);
  const [, , forgotten] = raceRows({ ...report, control: null }, 10);
  assertEquals(forgotten, ["best of the initial population", "not known"]);
  const same = { ...report, control: { ...control, genomeHash: "w" } };
  assertEquals(raceRows(same, 10).slice(2), [["best of the initial population", "it is the winner"]]);
});

Deno.test("expectedText() says why nothing is expected, and that what breaks something does", () => {
  assertEquals(expectedText({ expected: null, unexpected: "no unseen instance" }), "no unseen instance");
  assertEquals(expectedText({ expected: null, unexpected: "bad\x1b[2J\nwords" }), "bad [2J words");
  const broken = { ...expected, episodes: 1, low: null, high: null, violation: 2 };
  assertEquals(expectedText({ expected: broken }), "18.12 in 1 unseen episode, infeasible: violation 2.00");
});

Deno.test("raceText() has lines of at most 80 columns", () => {
  const wide = { ...report, expected: { ...expected, mean: -1234567.89, low: -2345678.9, high: -123456.78 } };
  assert(raceText(wide).split("\n").every((line) => line.length <= 80), raceText(wide));
});
