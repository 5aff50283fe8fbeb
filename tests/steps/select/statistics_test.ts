import { assertEquals } from "@std/assert";
import { Listing } from "../../../lib/db/listing.ts";
import type { Plan } from "../../../lib/selection/core.ts";
import { statisticsOf } from "../../../lib/steps/select/statistics.ts";
import type { Candidate } from "../../../lib/selection/strategy.ts";

Deno.test("statisticsOf() tells the best of what is feasible, and else how far the best breaks what must hold", async () => {
  using listing = Listing.open(`${await Deno.makeTempDir()}/listing.db`, { create: true });
  const scoreOf = (...results: [score: number, violation: number][]) => {
    const ranked = results.map(([score, violation]) => ({ score, violation, fitness: score }) as Candidate);
    return statisticsOf(listing, 1, { deaths: [], births: [] } as unknown as Plan, { candidates: ranked }).score;
  };
  assertEquals(scoreOf([1, 0], [9, 2], [3, 0]), { best: 3, median: 3, mean: 13 / 3, ranked: 3 });
  assertEquals(scoreOf([9, 2], [3, 1], [5, 1]), { best: 5, median: 5, mean: 17 / 3, ranked: 3, violation: 1 });
  assertEquals(scoreOf(), { best: null, median: null, mean: null, ranked: 0 });
});
