import { assertAlmostEquals, assertEquals } from "@std/assert";
import fc from "fast-check";
import type { AgentAtStart } from "../../lib/db/evaluations.ts";
import { afterFailure, afterResult } from "../../lib/evaluation/agent_score.ts";

const options = { income: 2, upkeep: 5, cap: 50 };
const of = (genomeHash: string, reach = "reach") => ({ genomeHash, reach });
const earned = (score: number, violation = 0) => ({ score, violation });
const newcomer: AgentAtStart = {
  energy: 10,
  score: null,
  scoredGenomeHash: null,
  scoredReach: null,
  scoreCycles: 0,
  violation: 0,
  bestScore: null,
  bestViolation: 0,
  bestGenomeHash: null,
  crashes: 2,
  failedUnder: null,
};

Deno.test("afterResult(): the score is the mean over the cycles of one genome", () => {
  fc.assert(fc.property(fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 1, maxLength: 30 }), (scores) => {
    const end = scores.reduce(
      (agentScore, score) => afterResult(agentScore, of("g"), earned(score), options),
      newcomer,
    );
    assertAlmostEquals(end.score!, scores.reduce((a, b) => a + b) / scores.length, 1e-9);
    assertEquals([end.scoreCycles, end.scoredGenomeHash, end.crashes], [scores.length, "g", 0]);
    assertEquals([end.bestScore, end.bestGenomeHash], [end.score, "g"]);
  }));
});

Deno.test("afterResult(): another genome begins anew, and the best one stays the best", () => {
  const first = afterResult(newcomer, of("a"), earned(9), options);
  const second = afterResult(first, of("b"), earned(3), options);
  assertEquals([second.score, second.scoreCycles, second.bestScore, second.bestGenomeHash], [3, 1, 9, "a"]);
  const third = afterResult(second, of("c"), earned(10), options);
  assertEquals([third.bestScore, third.bestGenomeHash], [10, "c"]);
});

Deno.test("afterResult(): one lucky score does not stand for ever", () => {
  const lucky = afterResult(newcomer, of("a"), earned(10), options);
  const again = afterResult(lucky, of("a"), earned(0), options);
  assertEquals([again.bestScore, afterResult(again, of("b"), earned(6), options).bestGenomeHash], [5, "b"]);
});

Deno.test("afterResult() and afterFailure(): energy stays within 0 and the cap", () => {
  assertEquals(afterResult(newcomer, of("a"), earned(3), options).energy, 11);
  assertEquals(afterResult(newcomer, of("a"), earned(100), options).energy, 50);
  assertEquals([afterFailure(newcomer, options).energy, afterFailure(newcomer, options).crashes], [5, 3]);
  assertEquals(afterFailure({ ...newcomer, energy: 3 }, options).energy, 0);
});

Deno.test("afterResult(): what was earned by other modules counts no more", () => {
  const before = afterResult(newcomer, of("a"), earned(9), options);
  const after = afterResult(before, of("a", "renewed"), earned(3), options);
  assertEquals([after.score, after.scoreCycles, after.bestScore, after.bestGenomeHash], [3, 1, 3, "a"]);
});

Deno.test("afterResult() takes what breaks less for better than what scores more", () => {
  const feasible = afterResult(newcomer, of("a"), earned(-5), options);
  const broken = afterResult(feasible, of("b"), earned(100, 0.5), options);
  assertEquals([broken.violation, broken.bestScore, broken.bestGenomeHash, broken.bestViolation], [0.5, -5, "a", 0]);
  const less = afterResult(afterResult(newcomer, of("c"), earned(9, 2), options), of("d"), earned(1, 1), options);
  assertEquals([less.bestScore, less.bestGenomeHash, less.bestViolation], [1, "d", 1]);
  const again = afterResult(broken, of("b"), earned(100, 0), options);
  assertEquals([again.score, again.violation, again.bestGenomeHash], [100, 0.25, "a"]);
});
